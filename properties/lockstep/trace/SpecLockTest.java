package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that writes the lock, and what it refuses. */
class SpecLockTest {

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private SmallProject project;

  @BeforeEach
  void start() throws IOException {
    project = new SmallProject(directory);
  }

  private int run(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("--project", directory.toString()));
    args.addAll(List.of(options));
    out.reset();
    return Trace.run(args, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private String lock() throws IOException {
    return Files.readString(directory.resolve(ClauseLock.FILE));
  }

  @Test
  void anUnchangedSpecKeepsItsLock() throws IOException {
    String before = lock();
    assertThat(run()).isZero();
    assertThat(run("--write-lock")).isZero();
    assertThat(lock()).isEqualTo(before);
  }

  @Test
  void aRewordedClauseIsRefusedAndNothingIsWritten() throws IOException {
    String before = lock();
    project.replace(SmallProject.SPEC, "The fifth charge", "The sixth charge");
    assertThat(run("--write-lock")).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(SmallProject.SPEC + ":9: LIM-1~2");
    assertThat(lock()).isEqualTo(before);
  }

  @Test
  void aRewordedClauseWithItsRevisionIsLocked() throws IOException {
    project.replace(SmallProject.SPEC, "The fifth charge", "The sixth charge");
    project.replace(SmallProject.SPEC, "Revision: ~2", "Revision: ~3");
    assertThat(run("--write-lock")).isZero();
    assertThat(lock()).contains("LIM-1 ~3 active");
  }

  @Test
  void aRevisionNeverGoesBack() throws IOException {
    project.replace(SmallProject.SPEC, "Revision: ~2", "Revision: ~1");
    assertThat(run("--write-lock")).isEqualTo(1);
  }

  @Test
  void aClauseThatIsGoneIsRefused() throws IOException {
    project.replace(SmallProject.SPEC, "### LIM-3 A refund", "### LIM-4 A refund");
    assertThat(run("--write-lock")).isEqualTo(1);
  }

  @Test
  void aWithdrawnClauseStaysWithdrawn() throws IOException {
    project.replace(
        SmallProject.SPEC, "withdrawn · Evidence: none", "active · Binds: vault · Evidence: impl");
    project.replace(SmallProject.SPEC, "Given up.", "It MAY come back.");
    assertThat(run("--write-lock")).isEqualTo(1);
  }

  @Test
  void aDraftIsRewordedFreely() throws IOException {
    project.replace(SmallProject.SPEC, "The fifth charge", "The sixth charge");
    assertThat(run("--write-lock", "--draft")).isZero();
    assertThat(run()).isZero();
  }

  @Test
  void aMalformedSpecIsNeverLocked() throws IOException {
    String before = lock();
    project.replace(SmallProject.SPEC, "Revision: ~2", "Revision: two");
    assertThat(run("--write-lock", "--draft")).isEqualTo(1);
    assertThat(lock()).isEqualTo(before);
  }

  @Test
  void anUnknownOptionIsAUsageError() throws IOException {
    assertThat(run("--force")).isEqualTo(2);
    assertThat(run("--draft")).isEqualTo(2);
    assertThat(Trace.run(List.of("--project"), System.out)).isEqualTo(2);
  }
}
