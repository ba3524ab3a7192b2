package lockstep.adapter.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import lockstep.spec.Implements;

/** A command that ends a vault as a crash does and starts it again. */
@Implements("CNF-13")
public final class RestartHook {

  private RestartHook() {}

  /**
   * Runs it to its end.
   *
   * @throws IOException unless it ended in time with exit code 0
   */
  public static void run(String command, Duration patience) throws IOException {
    try (ShellCommand hook = ShellCommand.start(command, Map.of())) {
      hook.input().close();
      int code = hook.within(patience, hook::exitCode);
      if (code != 0) {
        throw new IOException("the command that restarts the vault failed");
      }
    } catch (TimeoutException silent) {
      throw new IOException("the command that restarts the vault did not end", silent);
    }
  }
}
