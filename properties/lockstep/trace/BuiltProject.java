package lockstep.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The project that this build compiled, as Surefire tells it to the tests. */
final class BuiltProject {

  private BuiltProject() {}

  static Path directory() {
    return Path.of(System.getProperty("lockstep.basedir", "")).toAbsolutePath();
  }

  /** The folder with the classes. */
  static Path build() {
    return Path.of(System.getProperty("lockstep.build", "target")).toAbsolutePath();
  }

  static GateReport gate() {
    Path build = build();
    try {
      return Gate.check(
          directory(),
          CompiledCode.read(
              directory(),
              build.resolve("classes"),
              build.resolve("test-classes"),
              BuiltProject.class.getClassLoader()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
