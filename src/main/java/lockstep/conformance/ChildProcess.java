package lockstep.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lockstep.conformance.Answer.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One run of a command. Reading, writing and draining happen on threads of their own, so that a
 * process that reads nothing, writes no end of a line or fills standard error only runs out of
 * time.
 */
final class ChildProcess implements AutoCloseable {

  /** A line beyond what the protocol serves is garbage, and is not kept. */
  private static final int LINE_BYTES_MAX = 48 << 20;

  private static final int ERROR_BYTES_KEPT = 2_000;
  private static final int LINES_AHEAD = 16;
  private static final long EXIT_WAIT_MILLIS = 2_000;
  private static final long POLL_MILLIS = 100;

  private final Process process;
  private final BlockingQueue<Reply> lines = new LinkedBlockingQueue<>(LINES_AHEAD);
  private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
  private final StringBuilder errors = new StringBuilder();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean closed;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /**
   * A line, or why there is none.
   *
   * @param fault null for a line
   * @param text the line, or the detail of the fault
   */
  record Reply(@Nullable Fault fault, String text) {}

  static ChildProcess start(List<String> command) throws IOException {
    ChildProcess child = new ChildProcess(new ProcessBuilder(command).start());
    child.run("answers", child::readLines);
    child.run("requests", child::writeLines);
    child.run("errors", child::drainErrors);
    return child;
  }

  /** Sends a line and takes the next one. */
  Reply ask(byte[] request, Duration timeout) {
    requests.add(request);
    try {
      Reply reply = lines.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return reply != null
          ? reply
          : new Reply(Fault.HANG, "no answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Reply(Fault.HANG, "the run was interrupted");
    }
  }

  @Override
  public void close() {
    closed = true;
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(EXIT_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    requests.add(new byte[0]);
  }

  private void run(String name, Loop loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException ended) {
                // The process has gone; the reader of its answers tells so.
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            },
            "testee " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void readLines() throws IOException, InterruptedException {
    try (InputStream answers = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = answers.read(); next >= 0; next = answers.read()) {
        if (next == '\n') {
          hand(new Reply(null, line.toString(StandardCharsets.UTF_8)));
          line.reset();
        } else if (line.size() >= LINE_BYTES_MAX) {
          hand(new Reply(Fault.GARBAGE, "a line of more than " + LINE_BYTES_MAX + " bytes"));
          return;
        } else {
          line.write(next);
        }
      }
    } catch (IOException broken) {
      // As good as an end.
    }
    hand(new Reply(Fault.CRASH, howItEnded()));
  }

  // Nobody takes the lines of a process that was closed.
  private void hand(Reply reply) throws InterruptedException {
    while (!closed && !lines.offer(reply, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
  }

  private String howItEnded() throws InterruptedException {
    boolean ended = process.waitFor(EXIT_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    String how = ended ? "exit code " + process.exitValue() : "closed its standard output";
    // What it said last may still be in the pipe; a child of its own may keep the pipe open.
    if (ended && !drained.await(EXIT_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
      how += ", standard error still open";
    }
    String said;
    synchronized (errors) {
      said = errors.toString().strip();
    }
    return said.isEmpty() ? how : how + "; its last errors: " + said;
  }

  private void writeLines() throws IOException, InterruptedException {
    try (OutputStream input = process.getOutputStream()) {
      for (byte[] next = requests.take(); next.length > 0; next = requests.take()) {
        input.write(next);
        input.write('\n');
        input.flush();
      }
    }
  }

  private void drainErrors() throws IOException {
    byte[] buffer = new byte[8192];
    try (InputStream stream = process.getErrorStream()) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        synchronized (errors) {
          errors.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
          if (errors.length() > ERROR_BYTES_KEPT) {
            errors.delete(0, errors.length() - ERROR_BYTES_KEPT);
          }
        }
      }
    } finally {
      drained.countDown();
    }
  }

  /** What a thread does until the process ends. */
  private interface Loop {
    void run() throws IOException, InterruptedException;
  }
}
