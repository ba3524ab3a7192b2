package lockstep.adapter.rclone;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * What an rclone that was just started prints, until it says where it serves. A thread of its own
 * reads it, as nobody knows what it prints and whether it ever does; later a full pipe would stop
 * rclone, so the thread goes on.
 */
@Implements({"PRV-11", "PRV-17"})
final class RcloneLog {

  private static final int MAX_LINE_CHARS = 4096;
  private static final Pattern SERVING =
      Pattern.compile("Serving remote control on .*?127\\.0\\.0\\.1:([0-9]{1,5})");

  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private volatile String last = "it said nothing";

  RcloneLog(Process rclone) {
    InputStream printed = rclone.getErrorStream();
    Thread thread = new Thread(() -> read(printed), "rclone-log");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it serves, once it does; waits no longer than that. */
  int port(Duration atMost) throws ProviderUnavailable {
    try {
      return port.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException ended) {
      throw new ProviderUnavailable(
          "rclone did not start: " + RcloneFailure.shortened(last), ended);
    } catch (TimeoutException late) {
      throw new ProviderUnavailable(
          "rclone did not start within " + atMost.toSeconds() + " seconds", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailable("interrupted while rclone started", interrupted);
    }
  }

  private void read(InputStream printed) {
    try (Reader log = new InputStreamReader(printed, StandardCharsets.UTF_8)) {
      String line = line(log);
      while (line != null) {
        Matcher serving = SERVING.matcher(line);
        if (serving.find()) {
          port.complete(Integer.valueOf(serving.group(1)));
          break;
        }
        last = line;
        line = line(log);
      }
      log.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      port.completeExceptionally(ended);
    }
    port.completeExceptionally(new IOException("it ended"));
  }

  /** The next line, of which the end is left out where it is too long; null after the last. */
  private static @Nullable String line(Reader log) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = log.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (line.length() < MAX_LINE_CHARS) {
        line.append((char) next);
      }
      next = log.read();
    }
    return line.toString();
  }
}
