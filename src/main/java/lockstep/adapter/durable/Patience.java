package lockstep.adapter.durable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lockstep.spec.Implements;

/**
 * Waits for a file system, but not for ever.
 *
 * <p>Opening a pipe blocks until somebody writes to it, and a file system in user space may let any
 * call wait; Java can neither open without blocking nor interrupt such a call. So what may block is
 * done by a thread that is left behind when it does; as a daemon it does not keep the process.
 */
@Implements({"PRV-8~2", "BAK-8~2"})
public final class Patience {

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "file system");
            thread.setDaemon(true);
            return thread;
          });

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Duration limit;

  /** Waits for each call that long. */
  public Patience(Duration limit) {
    this.limit = limit;
  }

  /** What the file system is asked to do. */
  @FunctionalInterface
  public interface Call<R> {
    /** Does it, however long that takes. */
    R run() throws IOException;
  }

  /** What becomes of a result that nobody waits for any more. */
  @FunctionalInterface
  public interface Late<R> {
    /** Gives back what the result holds. */
    void take(R result) throws IOException;
  }

  /** Whether there is still something to wait for. */
  @FunctionalInterface
  public interface Hope {
    /** False where what was asked for is there no more, and the call may wait for another thing. */
    boolean isLeft() throws IOException;
  }

  /** The file system did not answer in time; what it was asked may still be waiting for it. */
  public static final class Expired extends IOException {

    private static final long serialVersionUID = 1L;

    Expired(Duration limit) {
      super("it has not answered for " + limit.toSeconds() + " seconds");
    }

    Expired() {
      super("it does not answer, and something else lies there by now");
    }
  }

  /**
   * Does it; fails as it does, or when it takes too long.
   *
   * @param late gets a result that came too late
   * @throws Expired when it takes too long
   */
  public <R> R await(Call<R> call, Late<R> late) throws IOException {
    return await(call, late, () -> true);
  }

  /**
   * The same, given up as soon as there is no hope left.
   *
   * @throws Expired when it takes too long, or there is no hope left
   */
  public <R> R await(Call<R> call, Late<R> late, Hope hope) throws IOException {
    CompletableFuture<R> answer = new CompletableFuture<>();
    THREADS.execute(() -> run(call, late, answer));
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        long left = end - System.nanoTime();
        try {
          return answer.get(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
          boolean over = left <= LOOK_AGAIN.toNanos();
          if (over || !isLeft(hope)) {
            Expired expired = over ? new Expired(limit) : new Expired();
            // Where that comes too late the answer is there, and the next look finds it.
            if (answer.completeExceptionally(expired)) {
              throw expired;
            }
          }
        }
      }
    } catch (InterruptedException interrupted) {
      answer.completeExceptionally(interrupted);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the file system", interrupted);
    } catch (ExecutionException failed) {
      throw failure(failed);
    }
  }

  private static boolean isLeft(Hope hope) {
    try {
      return hope.isLeft();
    } catch (IOException gone) {
      return false;
    }
  }

  private static <R> void run(Call<R> call, Late<R> late, CompletableFuture<R> answer) {
    try {
      R result = call.run();
      if (!answer.complete(result)) {
        late.take(result);
      }
    } catch (IOException | RuntimeException | Error failed) {
      answer.completeExceptionally(failed);
    }
  }

  private static IOException failure(ExecutionException failed) {
    if (failed.getCause() instanceof IOException cause) {
      return cause;
    }
    throw new IllegalStateException(failed.getCause());
  }
}
