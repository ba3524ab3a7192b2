package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lockstep.evidence.Rule;
import org.junit.jupiter.api.Test;

/** The overview's walk through one Attempt is short, and its files are there. */
@Rule
class OverviewRules {

  private static final Path PROJECT = Path.of(System.getProperty("lockstep.basedir", "."));
  private static final Pattern STEP = Pattern.compile("\\| \\d+ \\| `(\\S+\\.java)` \\|");

  @Test
  void oneAttemptIsAWalkOfAtMostEighteenFiles() throws IOException {
    List<String> walk = walk(Files.readString(PROJECT.resolve("spec/01-overview.md")));
    assertThat(walk).hasSizeBetween(2, 18).doesNotHaveDuplicates();
    assertThat(missing(walk)).isEmpty();
  }

  @Test
  void aFileThatIsGoneIsNoticed() {
    assertThat(missing(walk("| 1 | `vault/Gone.java` | what it does |"))).hasSize(1);
  }

  private static List<String> walk(String overview) {
    return STEP.matcher(overview).results().map((MatchResult step) -> step.group(1)).toList();
  }

  private static List<String> missing(List<String> walk) {
    Path sources = PROJECT.resolve("src/main/java/lockstep");
    return walk.stream().filter(file -> !Files.isRegularFile(sources.resolve(file))).toList();
  }
}
