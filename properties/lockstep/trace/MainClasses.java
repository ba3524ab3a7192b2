package lockstep.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The compiled main code of this build. */
final class MainClasses {

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
    try {
      for (String name : CompiledCode.classNames(folder())) {
        Class.forName(name, true, loader);
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
