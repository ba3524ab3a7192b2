package lockstep.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.evidence.TestsFolder;

/** A vault that its own command serves, and an issuer beside it: each a process of its own. */
final class ServedVault {

  private final Path folder;

  /** A new vault in that folder. */
  ServedVault(Sandbox user, Path folder) {
    this.folder = folder;
    if (user.run("operator", "vault", "init", folder.toString()).exitCode() != 0) {
      throw new AssertionError("the vault could not be made");
    }
  }

  /** The options that a device needs, with an issuer's command. */
  List<String> options() {
    List<String> all = new ArrayList<>(List.of("--vault-command", serving()));
    all.addAll(List.of("--vault-identity", folder.resolve("identity.pub").toString()));
    all.addAll(List.of("--token-command", issuing()));
    return all;
  }

  String serving() {
    return command("vault", "serve", folder.toString(), "--stdio");
  }

  String issuing() {
    return command("messenger", "token", folder.resolve("messenger").toString());
  }

  String identity() throws java.io.IOException {
    return Files.readString(folder.resolve("identity.pub")).strip();
  }

  /** The command line with these arguments, as one types it in a shell. */
  static String command(String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Stream<String> start =
        Stream.of(
            java,
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8",
            TestsFolder.option(),
            "-cp",
            System.getProperty("java.class.path"),
            "lockstep.cli.Main");
    return "exec "
        + Stream.concat(start, Stream.of(arguments))
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
  }
}
