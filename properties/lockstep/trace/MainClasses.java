package lockstep.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled main code of this build. */
final class MainClasses {

  private static final String SUFFIX = ".class";

  private MainClasses() {}

  static Path folder() {
    return Path.of(System.getProperty("lockstep.build", "target"), "classes");
  }

  /**
   * Initialises every class. Code that runs once in a JVM would else count for whichever test comes
   * first in it, and the evidence would differ from run to run.
   */
  static void initialise() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (String name : names()) {
      try {
        Class.forName(name, true, loader);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<String> names() {
    try (Stream<Path> files = Files.walk(folder())) {
      return files
          .map(file -> folder().relativize(file).toString())
          .filter(file -> file.endsWith(SUFFIX) && !file.endsWith("-info.class"))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()).replace('/', '.'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
