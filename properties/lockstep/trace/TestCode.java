package lockstep.trace;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Tells whether a test engine would run what an annotation stands on. */
final class TestCode {

  /** JUnit, jqwik, Jazzer and ArchUnit all mark their own annotations with this one. */
  private static final String TESTABLE = "org.junit.platform.commons.annotation.Testable";

  private TestCode() {}

  /** Whether the member is a test, or the class has one, its nested classes included. */
  static boolean runs(Class<?> type, AnnotatedElement element) {
    return element instanceof Class<?> ? hasTest(type, new HashSet<>()) : isTestable(element);
  }

  /** A nested class may extend the one around it, so each is asked once. */
  private static boolean hasTest(Class<?> type, Set<Class<?>> seen) {
    return seen.add(type)
        && (Stream.<AnnotatedElement>concat(
                    Arrays.stream(type.getDeclaredMethods()),
                    Arrays.stream(type.getDeclaredFields()))
                .anyMatch(TestCode::isTestable)
            || Arrays.stream(type.getDeclaredClasses()).anyMatch(t -> hasTest(t, seen))
            || (type.getSuperclass() != null && hasTest(type.getSuperclass(), seen)));
  }

  private static boolean isTestable(AnnotatedElement element) {
    return isMarked(element, new HashSet<>());
  }

  private static boolean isMarked(AnnotatedElement element, Set<Class<?>> seen) {
    for (Annotation annotation : element.getAnnotations()) {
      Class<? extends Annotation> type = annotation.annotationType();
      if (type.getName().equals(TESTABLE) || (seen.add(type) && isMarked(type, seen))) {
        return true;
      }
    }
    return false;
  }
}
