package lockstep.architecture;

import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the artifact may name: each public or protected type of a published package and
 * each of its members, a line each, read from compiled classes.
 */
final class PublicApi {

  /** Packages that the artifact holds and does not publish; their subpackages count too. */
  static final List<String> NOT_PUBLISHED =
      List.of(
          "lockstep.adapter",
          "lockstep.backup",
          "lockstep.cli",
          "lockstep.device",
          "lockstep.kernel",
          "lockstep.spec",
          "lockstep.unicode");

  private static final int MODIFIERS =
      Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

  private static final Set<Class<?>> OF_EVERY_KIND = Set.of(Object.class, Record.class, Enum.class);

  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

  private PublicApi() {}

  static boolean isPublished(String packageName) {
    return NOT_PUBLISHED.stream()
        .noneMatch(p -> packageName.equals(p) || packageName.startsWith(p + "."));
  }

  /**
   * The list, each line ended, in an order that depends on nothing but the API.
   *
   * @param loader finds the classes below the folder and all that they refer to
   */
  static String of(Path folder, ClassLoader loader) throws IOException {
    Set<String> lines = new TreeSet<>();
    for (Class<?> type : classes(folder, loader)) {
      if (isPublished(type.getPackageName()) && isVisible(type)) {
        lines.add(type.getTypeName() + " " + describe(type));
        members(type).forEach(member -> lines.add(type.getTypeName() + ": " + member));
      }
    }
    return lines.stream()
        .map(line -> line.replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "") + "\n")
        .collect(Collectors.joining());
  }

  private static List<Class<?>> classes(Path folder, ClassLoader loader) throws IOException {
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String path = folder.relativize(file).toString();
        String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        classes.add(Class.forName(name, false, loader));
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return classes;
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return isVisible(type.getModifiers(), outer == null ? type : outer)
        && (outer == null || isVisible(outer));
  }

  /** Nobody extends a final class, so nobody reaches what is protected in one. */
  private static boolean isVisible(int modifiers, Class<?> within) {
    return Modifier.isPublic(modifiers)
        || (Modifier.isProtected(modifiers) && !Modifier.isFinal(within.getModifiers()));
  }

  private static String describe(Class<?> type) {
    StringBuilder text = new StringBuilder(modifiers(type.getModifiers()));
    text.append(type.isSealed() ? "sealed " : "");
    text.append(
        type.isInterface()
            ? "interface"
            : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class");
    text.append(parameters(type));
    Class<?> above = type.getSuperclass();
    if (above != null && !OF_EVERY_KIND.contains(above)) {
      text.append(" extends ").append(type.getGenericSuperclass().getTypeName());
    }
    text.append(joined(" implements ", Arrays.stream(type.getGenericInterfaces())));
    if (type.isSealed()) {
      Stream<Class<?>> heirs = Arrays.stream(type.getPermittedSubclasses());
      text.append(joined(" permits ", heirs.filter(PublicApi::isVisible)));
    }
    return text.toString();
  }

  private static List<String> members(Class<?> type) {
    List<String> members = new ArrayList<>();
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor.getModifiers(), type) && !constructor.isSynthetic()) {
        members.add(modifiers(constructor.getModifiers()) + "new" + signature(constructor));
      }
    }
    for (Class<?> source : sources(type)) {
      for (Field field : source.getDeclaredFields()) {
        if (isVisible(field.getModifiers(), type) && !field.isSynthetic()) {
          members.add(describe(field));
        }
      }
      for (Method method : source.getDeclaredMethods()) {
        if (isVisible(method.getModifiers(), type)
            && !method.isSynthetic()
            && !OF_EVERY_OBJECT.contains(method.getName())) {
          members.add(describe(method));
        }
      }
    }
    return members;
  }

  /** The type, and what it inherits from: a hidden type's members show in those that extend it. */
  private static Set<Class<?>> sources(Class<?> type) {
    Set<Class<?>> sources = new LinkedHashSet<>(Set.of(type));
    Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
        .filter(above -> above.getPackageName().startsWith("lockstep.") && !isVisible(above))
        .forEach(above -> sources.addAll(sources(above)));
    return sources;
  }

  private static String describe(Field field) {
    String text =
        modifiers(field.getModifiers()) + name(field.getAnnotatedType()) + " " + field.getName();
    return Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())
        ? text + value(field)
        : text;
  }

  /** What a caller's compiler may copy into the caller. */
  private static String value(Field constant) {
    if (!constant.getType().isPrimitive() && constant.getType() != String.class) {
      return "";
    }
    try {
      constant.setAccessible(true);
      return " = " + constant.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String describe(Method method) {
    return modifiers(method.getModifiers())
        + (method.isDefault() ? "default " : "")
        + (method.getTypeParameters().length == 0 ? "" : parameters(method).strip() + " ")
        + name(method.getAnnotatedReturnType())
        + " "
        + method.getName()
        + signature(method);
  }

  private static String signature(Executable executable) {
    return Arrays.stream(executable.getAnnotatedParameterTypes())
            .map(PublicApi::name)
            .collect(Collectors.joining(", ", "(", ")"))
        + joined(" throws ", Arrays.stream(executable.getGenericExceptionTypes()));
  }

  private static String parameters(GenericDeclaration generic) {
    if (generic.getTypeParameters().length == 0) {
      return "";
    }
    return Arrays.stream(generic.getTypeParameters())
        .map(
            parameter ->
                Arrays.stream(parameter.getAnnotatedBounds())
                    .map(PublicApi::name)
                    .filter(bound -> !bound.equals("java.lang.Object"))
                    .collect(Collectors.joining(" & ", parameter.getName() + " extends ", ""))
                    .replaceFirst(" extends $", ""))
        .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String name(AnnotatedType type) {
    return (type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "")
        + type.getType().getTypeName();
  }

  private static String joined(String prefix, Stream<? extends Type> types) {
    String names = types.map(Type::getTypeName).sorted().collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : prefix + names;
  }

  private static String modifiers(int modifiers) {
    String text = Modifier.toString(modifiers & MODIFIERS);
    return text.isEmpty() ? "" : text + " ";
  }
}
