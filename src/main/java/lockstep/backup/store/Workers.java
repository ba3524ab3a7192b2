package lockstep.backup.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * A few threads and a short queue. The first failure of a task is thrown to whoever submits next or
 * waits; tasks that have not begun by then never do.
 */
@Implements("BAK-1~2")
public final class Workers implements AutoCloseable {

  /** Something to do that may fail. */
  @FunctionalInterface
  public interface Task {
    void run() throws IOException;
  }

  private final ExecutorService threads;
  private final Semaphore places;
  private final int placeCount;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * Begins {@code threadCount} threads.
   *
   * @param waiting how many tasks may wait before {@link #submit} does
   */
  public Workers(int threadCount, int waiting) {
    this.placeCount = threadCount + waiting;
    this.places = new Semaphore(placeCount);
    this.threads =
        Executors.newFixedThreadPool(
            threadCount,
            task -> {
              Thread thread = new Thread(task, "lockstep-transfer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** As many threads as the machine has processors, at least two and at most four. */
  public static int forSealing() {
    return Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  /** Hands a task over, waiting for a place. */
  public void submit(Task task) throws IOException {
    acquire(1);
    threads.execute(() -> run(task));
  }

  /** Waits until every task has ended. */
  public void drain() throws IOException {
    acquire(placeCount);
    places.release(placeCount);
  }

  /** Waits for the tasks that have begun. */
  @Override
  public void close() {
    failure.compareAndSet(null, new InterruptedIOException("the run was given up"));
    threads.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.HOURS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Task task) {
    try {
      if (failure.get() == null) {
        task.run();
      }
    } catch (IOException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      places.release();
    }
  }

  private void acquire(int count) throws IOException {
    try {
      places.acquire(count);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    Throwable failed = failure.get();
    if (failed != null) {
      places.release(count);
      rethrow(failed);
    }
  }

  private static void rethrow(Throwable failed) throws IOException {
    if (failed instanceof IOException e) {
      throw e;
    }
    if (failed instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) failed;
  }
}
