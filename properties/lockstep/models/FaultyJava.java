package lockstep.models;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The product's classes with one fault in them, in a class loader of their own. */
public final class FaultyJava {

  private static final String OWN_CLASSES = "lockstep.";

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** Opens the class path's archives once for all faults. */
  private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

  private final Map<String, byte[]> classes;

  private FaultyJava(Map<String, byte[]> classes) {
    this.classes = classes;
  }

  /** Compiles the class with the fault; the faulty place must be in its source exactly once. */
  public static FaultyJava with(Fault fault) {
    String source = source(fault.type());
    int at = source.indexOf(fault.from());
    if (at < 0 || source.indexOf(fault.from(), at + 1) >= 0) {
      throw new IllegalArgumentException("not exactly once: " + fault.name());
    }
    return with(fault.name(), fault.type(), source.replace(fault.from(), fault.to()));
  }

  /**
   * Compiles the faulty source of a class.
   *
   * @param name of the fault, for a message
   * @param type the class, with its package
   */
  public static FaultyJava with(String name, String type, String source) {
    return new FaultyJava(compile(name, type, source));
  }

  /** The product as it is, in a class loader of its own. */
  public static FaultyJava without() {
    return new FaultyJava(Map.of());
  }

  /** The class files that the fault changes, by the classes' binary names. */
  public Map<String, byte[]> classes() {
    return Map.copyOf(classes);
  }

  /** The product's class of that simple name, with its package. */
  public static String named(String simpleName) {
    Path sources = Path.of(System.getProperty("lockstep.basedir", ".")).resolve("src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> found =
          files.filter(file -> file.endsWith(Path.of(simpleName + ".java"))).toList();
      if (found.size() != 1) {
        throw new IllegalStateException(found.size() + " classes are called " + simpleName);
      }
      String path = sources.relativize(found.get(0)).toString();
      return path.substring(0, path.length() - ".java".length()).replace('/', '.');
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What the replay of that name says of the traces, run over the faulty classes. */
  String replay(String replay, List<List<Map<String, String>>> traces) {
    return run(replay, traces);
  }

  /** What the function of that name, a class with that interface, makes of the faulty classes. */
  @SuppressWarnings("unchecked")
  public <I> String run(String function, I input) {
    try {
      Object instance = load(function).getDeclaredConstructor().newInstance();
      return ((Function<I, String>) instance).apply(input);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A class of the product or of its tests that sees the faulty classes. */
  public Class<?> load(String type) throws ClassNotFoundException {
    return loader().loadClass(type);
  }

  /** Loads the product, the faulty classes and the tests anew. */
  public ClassLoader loader() {
    return new FaultyLoader(FaultyJava.class.getClassLoader(), classes);
  }

  private static String source(String type) {
    Path base = Path.of(System.getProperty("lockstep.basedir", "."));
    try {
      return Files.readString(
          base.resolve("src/main/java").resolve(type.replace('.', '/') + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> compile(String name, String type, String source) {
    Map<String, ByteArrayOutputStream> written = new HashMap<>();
    StringBuilder messages = new StringBuilder();
    boolean compiled;
    synchronized (FILES) {
      compiled =
          COMPILER
              .getTask(
                  null,
                  new InMemory(FILES, written),
                  problem -> messages.append(problem.getMessage(null)),
                  List.of("-proc:none", "-classpath", System.getProperty("java.class.path")),
                  null,
                  List.of(new Source(type, source)))
              .call();
    }
    if (!compiled) {
      throw new IllegalStateException(name + " does not compile: " + messages);
    }
    Map<String, byte[]> classes = new HashMap<>();
    written.forEach((compiledType, bytes) -> classes.put(compiledType, bytes.toByteArray()));
    return classes;
  }

  /**
   * One fault in the product.
   *
   * @param name what is wrong
   * @param type the class, with its package
   * @param from text that stands in its source exactly once
   * @param to what stands there instead
   */
  public record Fault(String name, String type, String from, String to) {}

  /** Loads the product and the replays anew, the faulty classes among them. */
  private static final class FaultyLoader extends ClassLoader {

    private final Map<String, byte[]> faulty;

    FaultyLoader(ClassLoader parent, Map<String, byte[]> faulty) {
      super(parent);
      this.faulty = faulty;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null || !name.startsWith(OWN_CLASSES)) {
          return loaded != null ? loaded : super.loadClass(name, resolve);
        }
        byte[] bytes = faulty.containsKey(name) ? faulty.get(name) : original(name);
        return defineClass(name, bytes, 0, bytes.length);
      }
    }

    private byte[] original(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String type, String text) {
      super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> written;

    InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> written) {
      super(files);
      this.written = written;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      written.put(name, bytes);
      return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
