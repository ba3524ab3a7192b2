package lockstep.cli;

import java.nio.file.Path;
import java.util.Optional;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command accepts. */
@Implements("CLI-7~1")
final class SharedOptions {

  static final String HOME_VARIABLE = "LOCKSTEP_HOME";

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The device's directory (default: LOCKSTEP_HOME, or ~/.lockstep).")
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
      String variable = surroundings.environment().get(HOME_VARIABLE);
      chosen =
          variable == null || variable.isEmpty()
              ? Path.of(System.getProperty("user.home"), ".lockstep")
              : Path.of(variable);
    }
    return chosen.toAbsolutePath().normalize();
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
