package lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.filetree.Exclusion;
import lockstep.adapter.filetree.PathPatterns;
import lockstep.spec.Implements;
import picocli.CommandLine.Option;

/** What of the source stays out of a backup. */
final class ExcludeOptions {

  static final String EXCLUDE = "--exclude";
  static final String EXCLUDE_FROM = "--exclude-from";

  @Option(
      names = EXCLUDE,
      paramLabel = "PATTERN",
      description =
          "Leave out what PATTERN matches, as gitignore has it; may stand several times, and the"
              + " last that matches decides.")
  private List<String> patterns = new ArrayList<>();

  @Option(
      names = EXCLUDE_FROM,
      paramLabel = "FILE",
      description =
          "Leave out what a pattern in FILE matches, one a line; may stand several times.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--exclude-caches",
      description = "Leave out what folders with a CACHEDIR.TAG hold.")
  private boolean caches;

  /** Whether anything stays out. */
  boolean isAsked() {
    return caches || !patterns.isEmpty() || !files.isEmpty();
  }

  /** What they ask for; a file that cannot be read ends the command. */
  @Implements("BAK-40")
  Exclusion exclusion() {
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      try {
        lines.addAll(Files.readAllLines(file));
      } catch (IOException unreadable) {
        throw new Ended(
            Answer.usage(
                "The file that " + EXCLUDE_FROM + " names cannot be read as UTF-8 text.",
                "Nothing was written. Look at it and run the command again."));
      }
    }
    lines.addAll(patterns);
    return new Exclusion(
        lines.isEmpty() ? Optional.empty() : Optional.of(PathPatterns.of(lines)), caches);
  }
}
