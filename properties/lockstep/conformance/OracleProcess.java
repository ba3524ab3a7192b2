package lockstep.conformance;

import java.nio.file.Path;
import java.util.List;
import lockstep.cli.Main;

/** The real {@code lockstep oracle} as a child process. */
final class OracleProcess {

  static final List<String> COMMAND =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-cp",
          System.getProperty("java.class.path"),
          Main.class.getName(),
          "oracle");

  private OracleProcess() {}
}
