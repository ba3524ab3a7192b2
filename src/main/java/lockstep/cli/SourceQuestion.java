package lockstep.cli;

import java.nio.file.Path;
import lockstep.backup.run.SourceChange;
import lockstep.spec.Implements;

/** What is asked, and said, where a source is not what it was at the last backup. */
@Implements("BAK-20")
final class SourceQuestion {

  private SourceQuestion() {}

  /** Whether somebody at the terminal takes the source as it is; {@code --yes} does not. */
  static boolean accepted(SourceChange change, Path source, Surroundings surroundings) {
    Terminal terminal = surroundings.terminal();
    if (terminal == null) {
      return false;
    }
    String line =
        terminal.readLine(
            what(change, source) + " Back it up as it is, in place of the last backup? [y/N] ");
    return line != null && line.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
  }

  static Answer refusal(SourceChange change, Path source) {
    return Answer.refused(
            what(change, source),
            "The last backup stays as it is. Look whether the folder is the right one and whether"
                + " its disk is mounted. To back it up as it is, run again with "
                + BackupCommand.ACCEPT_CHANGES
                + ".")
        .with("reason", "sourceChanged")
        .with("change", name(change.kind()))
        .with("earlierFiles", change.earlierFiles())
        .with("lostFiles", change.lostFiles())
        .with("lostBytes", change.lostBytes());
  }

  private static String name(SourceChange.Kind kind) {
    return switch (kind) {
      case ANOTHER_FOLDER -> "anotherFolder";
      case EMPTY -> "empty";
      case MOST_IS_GONE -> "mostIsGone";
    };
  }

  private static String what(SourceChange change, Path source) {
    return switch (change.kind()) {
      case ANOTHER_FOLDER -> "The folder " + source + " is not the one that was backed up last.";
      case EMPTY ->
          "There is nothing in the folder "
              + source
              + (change.earlierFiles() == 0
                  ? "."
                  : "; the last backup holds " + change.earlierFiles() + " files.");
      case MOST_IS_GONE ->
          "Of the "
              + change.earlierFiles()
              + " files ("
              + ByteText.of(change.earlierBytes())
              + ") in the last backup, the folder "
              + source
              + " has lost "
              + change.lostFiles()
              + " files, "
              + ByteText.of(change.lostBytes())
              + " in all.";
    };
  }
}
