package lockstep.adapter.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that an implementer names to have a vault die and start again. */
final class RestartHookProperties {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  @Verifies("CNF-13")
  void itIsRunToItsEnd() throws IOException {
    Path done = directory.resolve("done");
    RestartHook.run("sleep 0.2; touch '" + done + "'", PATIENCE);
    assertThat(Files.exists(done)).isTrue();
  }

  @Test
  @Verifies("CNF-13")
  void oneThatFailsOrDoesNotEndRestartsNothing() {
    assertThatThrownBy(() -> RestartHook.run("exit 3", PATIENCE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("failed");
    assertThatThrownBy(() -> RestartHook.run("exec sleep 60", Duration.ofMillis(200)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not end");
  }
}
