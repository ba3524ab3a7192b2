package lockstep.trace;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;

/** Finds the public methods of the core that no clause demands. */
final class PublicCode {

  /** The core packages; their subpackages count too. */
  static final List<String> CORE =
      List.of(
          "lockstep.kernel",
          "lockstep.secret",
          "lockstep.keys",
          "lockstep.backup",
          "lockstep.device",
          "lockstep.format",
          "lockstep.opaque",
          "lockstep.wire",
          "lockstep.vault");

  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

  private PublicCode() {}

  /**
   * The names of the public methods that neither themselves nor through their class, nor one around
   * it, carry a citation or a reason. What the compiler writes for records and enums is left out.
   */
  static List<String> uncitedMethods(Class<?> type) {
    if (!isCore(type) || !isPublic(type) || isExplainedWithin(type)) {
      return List.of();
    }
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
        .filter(m -> !OF_EVERY_OBJECT.contains(m.getName()))
        .filter(m -> !isOfEnum(type, m) && !isAccessor(type, m))
        .filter(m -> !isExplained(m))
        .map(Method::getName)
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isCore(Class<?> type) {
    String name = type.getPackageName();
    return CORE.stream().anyMatch(p -> name.equals(p) || name.startsWith(p + "."));
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  private static boolean isExplainedWithin(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return isExplained(type) || (outer != null && isExplainedWithin(outer));
  }

  private static boolean isExplained(AnnotatedElement element) {
    return element.isAnnotationPresent(Implements.class)
        || element.isAnnotationPresent(Decides.class)
        || element.isAnnotationPresent(NonNormative.class);
  }

  private static boolean isOfEnum(Class<?> type, Method method) {
    return type.isEnum() && Set.of("values", "valueOf").contains(method.getName());
  }

  private static boolean isAccessor(Class<?> type, Method method) {
    return type.isRecord()
        && method.getParameterCount() == 0
        && Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .anyMatch(method.getName()::equals);
  }
}
