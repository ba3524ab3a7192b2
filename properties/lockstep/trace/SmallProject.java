package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A project of a few clauses and two classes in which everything traces, to plant faults in. */
final class SmallProject {

  static final String SPEC = "spec/10-limits.md";
  static final String MAIN = "src/main/java/lockstep/vault/sample/SampleLimiter.java";
  static final String FAULTS = "spec/faults/limits.txt";
  static final String TEST = "properties/lockstep/vault/sample/SampleLimiterProperties.java";

  private static final String SPEC_TEXT =
      """
      # Limits

      <!-- bcp14-boilerplate -->
      The key words MUST and MAY are to be read as BCP 14 describes.
      <!-- /bcp14-boilerplate -->

      Some prose about LIM-1 and ASM-1.

      ### LIM-1 Five failures lock
      Revision: ~2 · Status: active · Binds: vault · Evidence: impl, property

      The fifth charge MUST lock
      at once.

      Bad input: a sixth is refused.

      Rationale: see ASM-1.

      ### LIM-2 A larger budget
      Revision: ~1 · Status: planned · Binds: vault · Evidence: impl

      A policy MAY allow more.

      ```
      ### not a heading
      ```

      ### LIM-3 A refund
      Revision: ~1 · Status: withdrawn · Evidence: none

      Given up.

      ## After all clauses

      More prose.
      """;

  private static final String ASSUMPTIONS_TEXT =
      """
      # Assumptions

      | id | assumption |
      |---|---|
      | ASM-1 | The machine's clock is set by its owner. |
      """;

  private static final String MAIN_TEXT =
      """
      package lockstep.vault.sample;

      import lockstep.spec.Implements;
      import lockstep.spec.NonNormative;

      @Implements("LIM-1~2")
      public class SampleLimiter {
        public int charge(int before) {
          return before + 1;
        }
      }
      """;

  private static final String TEST_TEXT =
      """
      package lockstep.vault.sample;

      import lockstep.spec.Implements;
      import lockstep.spec.Verifies;
      import net.jqwik.api.Property;

      class SampleLimiterProperties {
        @Verifies("LIM-1~2")
        @Property
        boolean fiveFailuresLock() {
          return new SampleLimiter().charge(4) == 5;
        }

        boolean neverRun() {
          return true;
        }
      }
      """;

  private static final String FAULTS_TEXT =
      """
      LIM-1 check left out: no attempt is counted
      harms A thief tries every password.
      in SampleLimiter
      - before + 1
      + before

      LIM-1 wrong value: an attempt counts twice
      harms The owner has half of the attempts.
      in SampleLimiter
      - before + 1
      + before + 2

      LIM-1 dropped too early: an attempt gives one back
      harms A thief tries every password.
      in SampleLimiter
      - before + 1
      + before - 1
      """;

  /** The compiled form of the sources without a fault, for faults of the spec alone. */
  private static Path intactClasses;

  private final Path directory;
  private boolean sourcesChanged;
  private boolean citationsKept;

  SmallProject(Path directory) throws IOException {
    this.directory = directory;
    write(SPEC, SPEC_TEXT);
    write(Assumption.FILE, ASSUMPTIONS_TEXT);
    write(MAIN, MAIN_TEXT);
    write(TEST, TEST_TEXT);
    write(FAULTS, FAULTS_TEXT);
    lock();
    sourcesChanged = false;
  }

  /** The spec's text before any fault. */
  static String specText() {
    return SPEC_TEXT;
  }

  Path directory() {
    return directory;
  }

  void write(String file, String text) throws IOException {
    sourcesChanged |= file.endsWith(".java");
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  String text(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  /** Replaces the one place where the text occurs. */
  SmallProject replace(String file, String old, String now) throws IOException {
    String text = Files.readString(directory.resolve(file));
    assertThat(text.split(Pattern.quote(old), -1)).as(old).hasSize(2);
    write(file, text.replace(old, now));
    return this;
  }

  /** The class decides the clause, so that other places may rely on it. */
  SmallProject decidedByItsClass() throws IOException {
    return replace(
        MAIN, "@Implements(\"LIM-1~2\")\npublic", "@lockstep.spec.Decides(\"LIM-1~2\")\npublic");
  }

  /** Writes a lock that fits the spec as it stands, whatever is wrong with it. */
  SmallProject lock() throws IOException {
    write(ClauseLock.FILE, ClauseLock.textFor(Spec.read(directory)));
    return this;
  }

  /** From now on the lock of citations stays as it is; before, it follows the code. */
  SmallProject keepCitations() throws IOException {
    compile().gate();
    citationsKept = true;
    return this;
  }

  private void lockCitations(CompiledCode code) throws IOException {
    if (!citationsKept) {
      write(CitationLock.FILE, CitationLock.textFor(code));
    }
  }

  /** Compiles the two source folders. */
  SmallProject compile() throws IOException {
    if (!sourcesChanged && intactClasses != null) {
      return this;
    }
    compile(CompiledCode.MAIN_SOURCES, "classes");
    compile(CompiledCode.TEST_SOURCES, "test-classes");
    return this;
  }

  private Path classes() throws IOException {
    if (sourcesChanged) {
      return directory.resolve("target");
    }
    if (intactClasses == null) {
      intactClasses = Path.of(System.getProperty("lockstep.build", "target"), "small-project");
    }
    return intactClasses;
  }

  GateReport gate() throws IOException {
    Path main = classes().resolve("classes");
    Path test = classes().resolve("test-classes");
    URL[] urls = {main.toUri().toURL(), test.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      CompiledCode code = CompiledCode.read(directory, main, test, loader);
      lockCitations(code);
      return Gate.check(directory, code);
    }
  }

  /** The gate finds this one fault, at a line with this text, and no other. */
  void fails(Finding.Kind kind, String file, String lineWith) throws IOException {
    GateReport report = gate();
    assertThat(report.findings()).as(report.summary()).hasSize(1);
    Finding finding = report.findings().get(0);
    assertThat(finding.kind()).as(finding.toString()).isEqualTo(kind);
    assertThat(finding.file()).isEqualTo(file);
    if (!lineWith.isEmpty()) {
      String line = Files.readAllLines(directory.resolve(file)).get(finding.line() - 1);
      assertThat(line).contains(lineWith);
    }
  }

  /** The whole gate, over the given records of tests. */
  TracedBuild traced(TestRun... runs) throws IOException {
    Path records = directory.resolve("records");
    for (TestRun run : runs) {
      run.write(records, "");
    }
    Path main = classes().resolve("classes");
    Path test = classes().resolve("test-classes");
    URL[] urls = {main.toUri().toURL(), test.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      lockCitations(CompiledCode.read(directory, main, test, loader));
      return TracedBuild.read(directory, classes(), records, loader);
    }
  }

  private void compile(String sources, String folder) throws IOException {
    Path target = Files.createDirectories(classes().resolve(folder));
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory.resolve(sources))) {
      files = all.filter(f -> f.toString().endsWith(".java")).toList();
    }
    String classpath =
        classes().resolve("classes")
            + File.pathSeparator
            + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-d", target.toString(), "-classpath", classpath);
      boolean compiled =
          compiler
              .getTask(
                  null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(compiled).isTrue();
    }
  }
}
