package lockstep.adapter.rclone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * One rclone, remotely controlled on the loopback with a password of its own, which ends with this
 * process, however that ends: a shell waits for the end of its input, and then ends rclone.
 */
@Decides("PRV-11")
final class RcloneProcess implements AutoCloseable {

  /** The name under which this rclone knows the remote; no configuration file has it. */
  static final String REMOTE = "lockstepprovider:";

  private static final String NAME = "rclone";
  private static final int MAJOR = 1;
  private static final int MINOR = 60;
  private static final int PASSWORD_BYTES = 32;
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final long ENDING_SECONDS = 5;

  // What rclone prints after it has started nobody reads; that it ends, the closed stream tells.
  private static final String WATCHED =
      "\"$0\" rcd --rc-serve </dev/null & child=$!; exec 2>&-; cat >/dev/null; kill $child; wait";

  private final Process shell;
  private final RcloneCalls calls;

  private RcloneProcess(Process shell, RcloneCalls calls) {
    this.shell = shell;
    this.calls = calls;
  }

  /**
   * Starts the rclone that {@code PATH} names, for that remote.
   *
   * @throws ProviderUnavailable when there is none, it is too old, or it does not start
   */
  static RcloneProcess start(String remote, Map<String, String> environment, SecureRandom random)
      throws ProviderUnavailable {
    return start(remote, environment, random, STARTING);
  }

  /** The same, waiting no longer than that until it serves. */
  static RcloneProcess start(
      String remote, Map<String, String> environment, SecureRandom random, Duration starting)
      throws ProviderUnavailable {
    Path executable = find(environment.getOrDefault("PATH", ""));
    byte[] drawn = new byte[PASSWORD_BYTES];
    random.nextBytes(drawn);
    String word = HexFormat.of().formatHex(drawn);
    ProcessBuilder command = new ProcessBuilder("/bin/sh", "-c", WATCHED, executable.toString());
    command.environment().clear();
    command.environment().putAll(environment);
    command.environment().putAll(settings(remote, word));
    command.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process shell;
    try {
      shell = command.start();
    } catch (IOException failed) {
      throw new ProviderUnavailable("rclone could not be started", failed);
    }
    RcloneProcess started = null;
    try {
      started =
          new RcloneProcess(shell, new RcloneCalls(new RcloneLog(shell).port(starting), word));
      started.requireVersion();
      return started;
    } catch (ProviderUnavailable failed) {
      end(shell);
      throw failed;
    }
  }

  private static Map<String, String> settings(String remote, String word) {
    return Map.of(
        "RCLONE_CONFIG_LOCKSTEPPROVIDER_TYPE", "alias",
        "RCLONE_CONFIG_LOCKSTEPPROVIDER_REMOTE", remote,
        "RCLONE_RC_ADDR", "127.0.0.1:0",
        "RCLONE_RC_USER", RcloneCalls.USER,
        "RCLONE_RC_PASS", word,
        "RCLONE_LOG_LEVEL", "NOTICE",
        "RCLONE_ASK_PASSWORD", "false",
        // One request for a listing of an object store, rather than one more for each object.
        "RCLONE_USE_SERVER_MODTIME", "true");
  }

  private static Path find(String path) throws ProviderUnavailable {
    for (String folder : path.split(":", -1)) {
      Path candidate = Path.of(folder).resolve(NAME);
      if (candidate.isAbsolute()
          && Files.isRegularFile(candidate)
          && Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new ProviderUnavailable(
        "rclone is not installed, or not on the PATH (Debian: apt install rclone; others:"
            + " rclone.org/install)");
  }

  @Implements("PRV-11")
  private void requireVersion() throws ProviderUnavailable {
    JsonNode numbers = calls.call("core/version", Map.of()).path("decomposed");
    int major = numbers.path(0).asInt();
    int minor = numbers.path(1).asInt();
    if (major < MAJOR || (major == MAJOR && minor < MINOR)) {
      throw new ProviderUnavailable(
          "this rclone is version "
              + major
              + "."
              + minor
              + ", and "
              + MAJOR
              + "."
              + MINOR
              + " or a later one is needed");
    }
  }

  RcloneCalls calls() {
    return calls;
  }

  @Override
  public void close() {
    end(shell);
  }

  private static void end(Process shell) {
    try {
      shell.getOutputStream().close();
      if (shell.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException unwritable) {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
  }
}
