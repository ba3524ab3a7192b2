package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import lockstep.evidence.TestsFolder;
import lockstep.vault.machine.VaultMachine;
import org.junit.jupiter.api.Test;

/**
 * Requests from several threads at once get the replies of {@link VaultMachine} to one request
 * after the other, in some order that fits.
 *
 * <p>The threads are real and run on the real store, so this is a stress test, not a search of all
 * interleavings: Lincheck's model checker does not get through the store's native code.
 */
class LinearizabilityProperties {

  @Test
  void requestsAreDecidedAsIfOneAfterTheOther() throws Exception {
    assertThat(found("queued")).endsWith(ConcurrentRequests.LINEARIZABLE + "\n");
  }

  @Test
  void aStoreThatDoesNotQueueIsCaught() throws Exception {
    assertThat(found("unqueued")).contains("Invalid execution results");
  }

  private static String found(String store) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "-XX:+UseSerialGC",
                TestsFolder.option(),
                "-cp",
                System.getProperty("java.class.path"),
                ConcurrentRequests.class.getName(),
                store)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
