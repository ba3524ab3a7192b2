package lockstep.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the repository knows about this commit. Without a repository it knows nothing. */
final class GitHistory {

  private static final Pattern LOCKED =
      Pattern.compile("\\+(\\S+) ~([0-9]+) (active|planned|withdrawn) [0-9a-f]{64}");

  private final Path project;

  GitHistory(Path project) {
    this.project = project;
  }

  /** The day of the checked-out commit, as its committer's clock and zone said. */
  Optional<LocalDate> commitDate() throws IOException {
    return lines("log", "-1", "--format=%cs").stream().findFirst().map(LocalDate::parse);
  }

  /**
   * A clause's state as a commit left it in the lock.
   *
   * @param day of the commit
   * @param commit abbreviated
   */
  record Revision(String day, String commit, int revision, String status) {}

  /** The checked-out commit, abbreviated, with a word on changes; empty without a repository. */
  String commit() throws IOException {
    String commit = String.join("", lines("rev-parse", "--short=12", "HEAD"));
    boolean clean = lines("status", "--porcelain").isEmpty();
    return commit.isEmpty() || clean ? commit : commit + " with uncommitted changes";
  }

  /** The last release before or at this commit. */
  Optional<String> lastTag() throws IOException {
    return lines("describe", "--tags", "--abbrev=0").stream().findFirst();
  }

  /** The lock as a tag has it. */
  ClauseLock lockAt(String tag) throws IOException {
    return ClauseLock.parse(lines("show", tag + ":" + ClauseLock.FILE));
  }

  /** When each clause got each revision and status, oldest first. */
  Map<String, List<Revision>> revisions() throws IOException {
    Map<String, List<Revision>> all = new TreeMap<>();
    String day = "";
    String commit = "";
    for (String line :
        lines(
            "log",
            "--reverse",
            "--format=@ %cs %h",
            "--abbrev=12",
            "-p",
            "-U0",
            "--no-color",
            "--",
            ClauseLock.FILE)) {
      Matcher entry = LOCKED.matcher(line);
      if (line.startsWith("@ ")) {
        day = line.substring(2, 12);
        commit = line.substring(13);
      } else if (entry.matches()) {
        List<Revision> known = all.computeIfAbsent(entry.group(1), id -> new ArrayList<>());
        int number = Integer.parseInt(entry.group(2));
        String status = entry.group(3);
        if (known.stream().noneMatch(r -> r.revision() == number && r.status().equals(status))) {
          known.add(new Revision(day, commit, number, status));
        }
      }
    }
    return all;
  }

  /** Git's output line by line; empty where git fails or is not there. */
  private List<String> lines(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", project.toString()));
    command.addAll(List.of(arguments));
    Process git;
    try {
      git =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
    } catch (IOException e) {
      return List.of();
    }
    List<String> lines =
        new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    try {
      return git.waitFor() == 0 ? lines : List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
