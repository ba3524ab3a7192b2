package lockstep.adapter.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command as the user wrote it, run by the shell. Its standard error is the device's own; what it
 * leaves running when it is closed is ended.
 */
final class ShellCommand implements AutoCloseable {

  private static final String SHELL = "/bin/sh";
  private static final long FAREWELL_MILLIS = 2_000;

  private final Process process;
  private final ExecutorService conversation =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "shell command");
            thread.setDaemon(true);
            return thread;
          });

  private ShellCommand(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param variables what its environment has more than the device's own
   * @throws IOException if the shell cannot be started
   */
  static ShellCommand start(String command, Map<String, String> variables) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(List.of(SHELL, "-c", command));
    builder.environment().putAll(variables);
    return new ShellCommand(builder.redirectError(Redirect.INHERIT).start());
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  InputStream output() {
    return process.getInputStream();
  }

  /** The exit code of a command that has closed its output. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /**
   * What {@code talk} gives; it runs apart, so that a command that hangs does not make the device
   * hang.
   *
   * @throws TimeoutException if it took longer
   * @throws IOException what it threw
   */
  <T> T within(Duration patience, Callable<T> talk) throws IOException, TimeoutException {
    Future<T> result = conversation.submit(talk);
    try {
      return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a command ran", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  /** Ends the command's input, gives it a moment to end by itself, and ends what is left. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException hasEnded) {
      // Nobody reads what was still to be written.
    }
    try {
      process.waitFor(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  /** Ends the command and what it started, now. */
  void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    conversation.shutdownNow();
  }
}
