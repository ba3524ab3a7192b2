package lockstep.trace;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lockstep.spec.ByConstruction;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;
import lockstep.spec.Verifies;

/**
 * What the compiled classes cite. Annotations in comments or in code that is not compiled do not
 * occur here.
 *
 * @param citations of main and test classes, sorted
 * @param uncited public core methods without a clause or a reason, sorted
 * @param explained code that gives a reason instead, sorted
 * @param findings misplaced annotations and unreadable classes
 */
record CompiledCode(
    List<Citation> citations,
    List<CodePlace> uncited,
    List<Explained> explained,
    List<Finding> findings) {

  /** Code that carries out no clause, and why it is there. */
  record Explained(CodePlace place, String reason) {}

  /** Folders of sources, relative to the project. */
  static final String MAIN_SOURCES = "src/main/java";

  static final String TEST_SOURCES = "properties";

  private static final String OF_A_MODEL = "a model or a proof is checked, which runs no code";

  /**
   * Reads every class file below the two folders.
   *
   * @param loader finds these classes and all that they refer to; none is initialised
   */
  static CompiledCode read(Path project, Path mainClasses, Path testClasses, ClassLoader loader)
      throws IOException {
    return read(project, classNames(mainClasses), classNames(testClasses), loader);
  }

  /** Reads main code alone. */
  static CompiledCode readMain(Path project, Path mainClasses, ClassLoader loader)
      throws IOException {
    return read(project, classNames(mainClasses), List.of(), loader);
  }

  private static CompiledCode read(
      Path project, List<String> main, List<String> tests, ClassLoader loader) {
    Reader reader =
        new Reader(new SourceIndex(project, List.of(MAIN_SOURCES, TEST_SOURCES)), loader);
    main.forEach(name -> reader.read(name, CitationKind.IMPLEMENTS));
    tests.forEach(name -> reader.read(name, CitationKind.VERIFIES));
    Collections.sort(reader.citations);
    Collections.sort(reader.uncited);
    reader.explained.sort(Comparator.comparing(Explained::place));
    return new CompiledCode(reader.citations, reader.uncited, reader.explained, reader.findings);
  }

  /** The places that decide a clause: those that say so or, of only one place, that one. */
  List<CodePlace> deciding(String clause) {
    List<Citation> all =
        citations.stream()
            .filter(c -> c.kind() == CitationKind.IMPLEMENTS && c.text().equals(clause))
            .filter(c -> !c.place().file().startsWith(TEST_SOURCES))
            .toList();
    return all.stream()
        .filter(c -> c.decides() || all.size() == 1)
        .map(Citation::place)
        .distinct()
        .toList();
  }

  long count(CitationKind kind) {
    return citations.stream().filter(c -> c.kind() == kind).count();
  }

  /** The binary names of the classes below a folder, sorted. */
  static List<String> classNames(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("no compiled classes in " + folder);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(f -> folder.relativize(f).toString())
          .filter(f -> f.endsWith(".class") && !f.endsWith("module-info.class"))
          .map(f -> f.substring(0, f.length() - ".class".length()).replace('/', '.'))
          .filter(n -> !n.endsWith("package-info"))
          .sorted()
          .toList();
    }
  }

  private static final class Reader {
    private final SourceIndex sources;
    private final ClassLoader loader;
    private final List<Citation> citations = new ArrayList<>();
    private final List<CodePlace> uncited = new ArrayList<>();
    private final List<Explained> explained = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    Reader(SourceIndex sources, ClassLoader loader) {
      this.sources = sources;
      this.loader = loader;
    }

    void read(String name, CitationKind expected) {
      try {
        Class<?> type = Class.forName(name, false, loader);
        cite(type, "", type, expected);
        for (Member member : members(type)) {
          cite(type, nameOf(member), (AnnotatedElement) member, expected);
          TestKinds.falseClaim(type, (AnnotatedElement) member)
              .ifPresent(m -> misclaimed(type, nameOf(member), m));
        }
        TestKinds.falseName(type).ifPresent(m -> misclaimed(type, "", m));
        if (expected == CitationKind.IMPLEMENTS) {
          PublicCode.uncitedMethods(type).stream()
              .map(m -> sources.declaration(type, m))
              .forEach(uncited::add);
        }
      } catch (ClassNotFoundException | LinkageError e) {
        findings.add(
            new Finding(Finding.Kind.UNREADABLE_CLASS, name, 1, name + " cannot be loaded: " + e));
      }
    }

    private static List<Member> members(Class<?> type) {
      List<Member> members = new ArrayList<>();
      Collections.addAll(members, type.getDeclaredConstructors());
      Collections.addAll(members, type.getDeclaredMethods());
      Collections.addAll(members, type.getDeclaredFields());
      return members;
    }

    private static String nameOf(Member member) {
      return member instanceof Constructor<?>
          ? member.getDeclaringClass().getSimpleName()
          : member.getName();
    }

    private void cite(
        Class<?> type, String member, AnnotatedElement element, CitationKind expected) {
      Implements impl = element.getAnnotation(Implements.class);
      if (impl != null) {
        code(impl.value(), false, type, member, expected);
      }
      Decides decides = element.getAnnotation(Decides.class);
      if (decides != null) {
        code(decides.value(), true, type, member, expected);
      }
      Verifies verifies = element.getAnnotation(Verifies.class);
      if (verifies != null) {
        test(verifies.value(), type, member, element, expected);
      }
      ByConstruction constructed = element.getAnnotation(ByConstruction.class);
      if (constructed != null && constructed.value().isBlank()) {
        misplaced(type, member, "@ByConstruction gives no reason");
      }
      NonNormative reason = element.getAnnotation(NonNormative.class);
      if (reason != null && reason.value().isBlank()) {
        misplaced(type, member, "@NonNormative gives no reason");
      } else if (reason != null) {
        explained.add(new Explained(sources.declaration(type, member), reason.value()));
      }
    }

    private void test(
        String[] texts,
        Class<?> type,
        String member,
        AnnotatedElement element,
        CitationKind expected) {
      Set<EvidenceKind> kinds = TestKinds.of(type, element);
      String reason = reason(type, element);
      for (String text : texts(texts, type, member)) {
        citations.add(
            new Citation(
                CitationKind.VERIFIES,
                Citation.normalised(text),
                sources.citation(type, member, text),
                false,
                kinds,
                reason));
      }
      if (expected != CitationKind.VERIFIES) {
        misplaced(type, member, "@Verifies stands in main code");
      } else if (!TestCode.runs(type, element)) {
        misplaced(type, member, "@Verifies stands where no test runs");
      }
    }

    /** The test's own reason, that of its class, or that a model is no code. */
    private static String reason(Class<?> type, AnnotatedElement element) {
      ByConstruction own = element.getAnnotation(ByConstruction.class);
      ByConstruction all = type.getAnnotation(ByConstruction.class);
      if (own != null || all != null) {
        return own != null ? own.value() : all.value();
      }
      return TestKinds.isModel(type) ? OF_A_MODEL : "";
    }

    private void code(
        String[] texts, boolean decides, Class<?> type, String member, CitationKind expected) {
      for (String text : texts(texts, type, member)) {
        citations.add(
            new Citation(
                CitationKind.IMPLEMENTS,
                Citation.normalised(text),
                sources.citation(type, member, text),
                decides,
                Set.of(),
                ""));
      }
      if (expected != CitationKind.IMPLEMENTS) {
        misplaced(type, member, "@Implements or @Decides stands in test code");
      }
    }

    private String[] texts(String[] texts, Class<?> type, String member) {
      if (texts.length == 0) {
        misplaced(type, member, "a citation names no clause");
      }
      return texts;
    }

    private void misplaced(Class<?> type, String member, String message) {
      add(Finding.Kind.MISPLACED_CITATION, type, member, message);
    }

    private void misclaimed(Class<?> type, String member, String message) {
      add(Finding.Kind.FALSE_KIND, type, member, message);
    }

    private void add(Finding.Kind kind, Class<?> type, String member, String message) {
      CodePlace place = sources.declaration(type, member);
      findings.add(new Finding(kind, place.file(), place.line(), place.display() + ": " + message));
    }
  }
}
