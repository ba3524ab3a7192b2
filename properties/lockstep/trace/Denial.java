package lockstep.trace;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;

/** Tells a test that denies wrong code from one that only stumbled over it. */
final class Denial {

  /** What a test runs into that does not look at the result. */
  private static final Set<Class<?>> ACCIDENTS =
      Set.of(
          NullPointerException.class,
          ArrayIndexOutOfBoundsException.class,
          NegativeArraySizeException.class,
          ArithmeticException.class);

  private Denial() {}

  /**
   * Whether an assertion of test code failed, or test code found another outcome than it names: by
   * a cast, by an empty {@code Optional}, or by throwing. What main code throws is none, nor is
   * stumbling over null.
   *
   * @param loader finds the classes of code and tests
   */
  static boolean is(Throwable thrown, ClassLoader loader) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      List<String> frames =
          Arrays.stream(cause.getStackTrace()).map(StackTraceElement::getClassName).toList();
      boolean fromTest =
          frames.stream()
              .filter(n -> n.startsWith("lockstep."))
              .findFirst()
              .map(n -> isTestCode(n, loader))
              .orElse(cause instanceof AssertionError);
      boolean claimed =
          cause instanceof AssertionError
              || cause instanceof NoSuchElementException
              || (!ACCIDENTS.contains(cause.getClass())
                  && !frames.isEmpty()
                  && isTestCode(frames.get(0), loader));
      if (fromTest && claimed) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTestCode(String type, ClassLoader loader) {
    return String.valueOf(loader.getResource(type.replace('.', '/') + ".class"))
        .contains("/test-classes/");
  }

  /**
   * The test methods of that name, those that the class inherits among them; of an abstract class,
   * whose tests are recorded under its own name, as the first class of its package has them that
   * can be made.
   */
  static List<DiscoverySelector> selectors(Class<?> type, String method) {
    Class<?> made = Modifier.isAbstract(type.getModifiers()) ? heir(type) : type;
    return methods(made)
        .filter(m -> m.getName().equals(method) && !m.isSynthetic())
        .<DiscoverySelector>map(m -> selectMethod(made, m))
        .toList();
  }

  /** The names of a class's own and inherited tests, without those of classes within it. */
  static List<String> tests(String className) {
    try {
      return methods(Class.forName(className, false, Denial.class.getClassLoader()))
          .filter(m -> AnnotationSupport.isAnnotated(m, Testable.class))
          .map(Method::getName)
          .distinct()
          .toList();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(className, e);
    }
  }

  private static Class<?> heir(Class<?> type) {
    return ReflectionSupport.findAllClassesInPackage(
            type.getPackageName(),
            c -> type.isAssignableFrom(c) && !Modifier.isAbstract(c.getModifiers()),
            name -> true)
        .stream()
        .findFirst()
        .<Class<?>>map(c -> c)
        .orElse(type);
  }

  private static Stream<Method> methods(Class<?> type) {
    return type == null
        ? Stream.empty()
        : Stream.concat(Arrays.stream(type.getDeclaredMethods()), methods(type.getSuperclass()));
  }
}
