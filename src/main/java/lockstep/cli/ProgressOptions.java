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
    /** Not at all. */
    NONE
  }

  @Option(
      names = "--progress",
      paramLabel = "STYLE",
      defaultValue = "auto",
      description =
          "Show how far it has come: auto (a moving line on a terminal), plain (a line every ten"
              + " seconds on standard error) or none.")
  private Style style = Style.AUTO;

  @Option(
      names = AnswerPrinter.QUIET,
      description = "Say nothing where all went well, but for warnings and notices.")
  private boolean quiet;

  /** Shows the task's progress until it is closed. */
  ProgressLine begin(String task, Surroundings surroundings) {
    return new ProgressLine(task, quiet ? Style.NONE : style, surroundings);
  }
}
