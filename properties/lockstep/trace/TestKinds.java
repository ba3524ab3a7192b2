package lockstep.trace;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Of which kinds a test's evidence is. Annotations say so, those of the test engines and those of
 * {@code lockstep.evidence}; a class's name says nothing. They are known by name, so that classes
 * of any loader can be asked.
 */
final class TestKinds {

  private static final String PROPERTY = "net.jqwik.api.Property";
  private static final String EXHAUSTIVE = "lockstep.evidence.Exhaustive";

  private static final Map<String, EvidenceKind> OF_ENGINES =
      Map.of(
          PROPERTY,
          EvidenceKind.PROPERTY,
          "com.code_intelligence.jazzer.junit.FuzzTest",
          EvidenceKind.FUZZ,
          "com.tngtech.archunit.junit.ArchTest",
          EvidenceKind.RULE);

  private static final Map<String, EvidenceKind> CLAIMED =
      Map.of(
          EXHAUSTIVE,
          EvidenceKind.EXHAUSTIVE,
          "lockstep.evidence.Vector",
          EvidenceKind.VECTOR,
          "lockstep.evidence.Attack",
          EvidenceKind.ATTACK,
          "lockstep.evidence.Rule",
          EvidenceKind.RULE,
          "lockstep.evidence.Model",
          EvidenceKind.MODEL,
          "lockstep.evidence.Proof",
          EvidenceKind.PROOF);

  /** A suffix that promises a kind, and the kind that the class has to hold. */
  private static final Map<String, EvidenceKind> NAMES =
      Map.of(
          "Fuzz", EvidenceKind.FUZZ,
          "Rules", EvidenceKind.RULE,
          "VectorsTest", EvidenceKind.VECTOR,
          "AttackTest", EvidenceKind.ATTACK,
          "ModelTest", EvidenceKind.MODEL,
          "ProofTest", EvidenceKind.PROOF);

  private TestKinds() {}

  /**
   * The kinds of a test or, of a class, those that each of its tests has; never empty where a test
   * runs. A class whose tests have none in common gives examples.
   */
  static Set<EvidenceKind> of(Class<?> type, AnnotatedElement element) {
    if (!(element instanceof Class<?>)) {
      return ofTest(type, element);
    }
    Set<EvidenceKind> common = EnumSet.allOf(EvidenceKind.class);
    List<AnnotatedElement> tests = tests(type);
    tests.forEach(t -> common.retainAll(ofTest(((Member) t).getDeclaringClass(), t)));
    return common.isEmpty() || tests.isEmpty() ? EnumSet.of(EvidenceKind.EXAMPLE) : common;
  }

  private static Set<EvidenceKind> ofTest(Class<?> type, AnnotatedElement test) {
    Set<EvidenceKind> kinds = EnumSet.noneOf(EvidenceKind.class);
    kinds.addAll(kinds(test, OF_ENGINES));
    kinds.addAll(kinds(test, CLAIMED));
    for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
      kinds.addAll(kinds(at, CLAIMED));
    }
    if (kinds.contains(EvidenceKind.EXHAUSTIVE)) {
      kinds.remove(EvidenceKind.PROPERTY);
    }
    if (kinds.isEmpty()) {
      kinds.add(EvidenceKind.EXAMPLE);
    }
    return kinds;
  }

  private static Set<EvidenceKind> kinds(
      AnnotatedElement element, Map<String, EvidenceKind> known) {
    Set<EvidenceKind> kinds = EnumSet.noneOf(EvidenceKind.class);
    for (Annotation annotation : element.getAnnotations()) {
      Optional.ofNullable(known.get(annotation.annotationType().getName())).ifPresent(kinds::add);
    }
    return kinds;
  }

  /** The tests that stand in the class, in its nested classes or in those that it extends. */
  private static List<AnnotatedElement> tests(Class<?> type) {
    Set<Class<?>> seen = new LinkedHashSet<>();
    collect(type, seen);
    List<AnnotatedElement> tests = new ArrayList<>();
    for (Class<?> one : seen) {
      Stream.<AnnotatedElement>concat(
              Arrays.stream(one.getDeclaredMethods()), Arrays.stream(one.getDeclaredFields()))
          .filter(e -> TestCode.runs(one, e))
          .forEach(tests::add);
    }
    return Collections.unmodifiableList(tests);
  }

  private static void collect(Class<?> type, Set<Class<?>> seen) {
    if (seen.add(type)) {
      Arrays.stream(type.getDeclaredClasses()).forEach(t -> collect(t, seen));
      if (type.getSuperclass() != null && !type.getName().startsWith("java.")) {
        collect(type.getSuperclass(), seen);
      }
    }
  }

  /** Whether the class checks a model or a proof, which runs none of the code that it is about. */
  static boolean isModel(Class<?> type) {
    Set<EvidenceKind> kinds = kinds(type, CLAIMED);
    return kinds.contains(EvidenceKind.MODEL) || kinds.contains(EvidenceKind.PROOF);
  }

  /** What a member claims to be and is not; empty where nothing is wrong. */
  static Optional<String> falseClaim(Class<?> type, AnnotatedElement element) {
    Set<EvidenceKind> claimed = kinds(element, CLAIMED);
    if (!claimed.isEmpty() && !TestCode.runs(type, element)) {
      return Optional.of("claims to be " + words(claimed) + " where no test runs");
    }
    Optional<Annotation> every = find(element, EXHAUSTIVE);
    if (every.filter(a -> text(a, "value").isBlank()).isPresent()) {
      return Optional.of("claims to be exhaustive and does not say over what");
    }
    Optional<Annotation> property = find(element, PROPERTY);
    if (every.isPresent()
        && property.filter(p -> !text(p, "generation").equals("EXHAUSTIVE")).isPresent()) {
      return Optional.of("claims to be exhaustive and draws random cases");
    }
    return every.isEmpty() && property.filter(p -> text(p, "tries").equals("1")).isPresent()
        ? Optional.of("claims to be a property and tries one case: it is an example")
        : Optional.empty();
  }

  /** The kind that an outermost test class promises by its name and does not hold. */
  static Optional<String> falseName(Class<?> type) {
    if (type.getEnclosingClass() != null || !TestCode.runs(type, type)) {
      return Optional.empty();
    }
    return NAMES.entrySet().stream()
        .filter(e -> type.getSimpleName().endsWith(e.getKey()))
        .filter(
            e ->
                tests(type).stream()
                    .noneMatch(
                        t -> ofTest(((Member) t).getDeclaringClass(), t).contains(e.getValue())))
        .map(e -> "is named *" + e.getKey() + " and holds no " + e.getValue().word())
        .findFirst();
  }

  private static String words(Set<EvidenceKind> kinds) {
    return String.join(" and ", kinds.stream().map(EvidenceKind::word).toList());
  }

  private static Optional<Annotation> find(AnnotatedElement element, String name) {
    return Arrays.stream(element.getAnnotations())
        .filter(a -> a.annotationType().getName().equals(name))
        .findFirst();
  }

  private static String text(Annotation annotation, String member) {
    try {
      return String.valueOf(annotation.annotationType().getMethod(member).invoke(annotation));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
