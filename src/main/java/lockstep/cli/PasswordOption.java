package lockstep.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a password comes from, when nobody types it. */
final class PasswordOption {

  static final String NAME = "--password-file";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description = "Read the password from FILE; - is standard input.")
  private @Nullable String file;

  Optional<String> file() {
    return Optional.ofNullable(file);
  }
}
