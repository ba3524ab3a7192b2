package lockstep.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the repository knows about this commit. Without a repository it knows nothing. */
final class GitHistory {

  private final Path project;

  GitHistory(Path project) {
    this.project = project;
  }

  /** The day of the checked-out commit, as its committer's clock and zone said. */
  Optional<LocalDate> commitDate() throws IOException {
    return lines("log", "-1", "--format=%cs").stream().findFirst().map(LocalDate::parse);
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
