package lockstep.cli;

import lockstep.spec.Decides;
import picocli.CommandLine.Option;

/** How much a long command says while it runs and when all went well. */
@Decides("CLI-17")
final class ProgressOptions {

  /** How far a command has come is shown so. */
  enum Style {
    /** A line that moves, where there is a terminal. */
    AUTO,
    /** A line every ten seconds on standard error. */
    PLAIN,
    /** The same for programs, each line a JSON object. */
    JSON,
    /** Not at all. */
    NONE
  }

  @Option(
      names = "--progress",
      paramLabel = "STYLE",
      defaultValue = "auto",
      description =
          "Show how far it has come: auto (a moving line on a terminal; json with --json), plain (a"
              + " line every ten seconds on standard error), json (each line a JSON object) or"
              + " none.")
  private Style style = Style.AUTO;

  @Option(
      names = AnswerPrinter.QUIET,
      description = "Say nothing where all went well, but for warnings and notices.")
  private boolean quiet;

  /**
   * Shows the task's progress until it is closed.
   *
   * @param json whether the command's result is for a program
   */
  ProgressLine begin(String task, boolean json, Surroundings surroundings) {
    Style chosen = json && style == Style.AUTO ? Style.JSON : style;
    return new ProgressLine(task, quiet ? Style.NONE : chosen, surroundings);
  }
}
