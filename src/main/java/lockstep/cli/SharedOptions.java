package lockstep.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command accepts. */
@Implements("CLI-7")
final class SharedOptions {

  static final String HOME_VARIABLE = "LOCKSTEP_HOME";

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The device's directory (default: LOCKSTEP_HOME, or $HOME/.lockstep).")
  private @Nullable Path home;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Option(names = "--yes", description = "Answer yes to every question.")
  private boolean yes;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  boolean json() {
    return json;
  }

  boolean yes() {
    return yes;
  }

  boolean help() {
    return help;
  }

  /** The device's home, absolute. */
  Path home(Surroundings surroundings) {
    Path chosen = home;
    if (chosen == null) {
      chosen = homeOf(surroundings.environment());
    }
    return chosen.toAbsolutePath().normalize();
  }

  @Implements("CLI-14")
  private static Path homeOf(Map<String, String> environment) {
    String own = ReceivedText.variable(HOME_VARIABLE, environment.getOrDefault(HOME_VARIABLE, ""));
    String user = ReceivedText.variable("HOME", environment.getOrDefault("HOME", ""));
    try {
      if (!own.isEmpty()) {
        return Path.of(own);
      }
      if (Path.of(user).isAbsolute()) {
        return Path.of(user, ".lockstep");
      }
    } catch (InvalidPathException noPath) {
      user = "";
    }
    throw new Ended(
        Answer.usage(
                "It is not known where this device's home is: neither --home nor "
                    + HOME_VARIABLE
                    + " names a folder, and HOME is no absolute path.",
                "Run the command again with --home DIR.")
            .with("reason", "homeUnknown"));
  }

  /** Asks a question that {@code --yes} answers; null where nobody can be asked. */
  Optional<Boolean> confirmed(Surroundings surroundings, String question) {
    if (yes) {
      return Optional.of(true);
    }
    Terminal terminal = surroundings.terminal();
    if (terminal == null) {
      return Optional.empty();
    }
    String line = terminal.readLine(question + " [y/N] ");
    return Optional.of(
        line != null && line.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y"));
  }
}
