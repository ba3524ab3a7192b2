package lockstep.adapter.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;

/**
 * Waits for the provider, but not for ever.
 *
 * <p>Opening a pipe blocks until somebody writes to it, and a file system in user space may let any
 * call wait; Java can neither open without blocking nor interrupt such a call. So what may block is
 * done by a thread that is left behind when it does; as a daemon it does not keep the process.
 */
@Implements("PRV-8")
final class Patience {

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "provider");
            thread.setDaemon(true);
            return thread;
          });

  private final Duration limit;

  /** Waits for each call that long. */
  Patience(Duration limit) {
    this.limit = limit;
  }

  /** What the provider is asked to do. */
  @FunctionalInterface
  interface Call<R> {
    R run() throws IOException;
  }

  /** Does it; fails as it does, or when it takes too long. */
  <R> R await(Call<R> call) throws IOException {
    Future<R> running = THREADS.submit(call::run);
    try {
      return running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException tooLong) {
      running.cancel(true);
      throw new ProviderUnavailable(
          "the provider has not answered for " + limit.toSeconds() + " seconds", tooLong);
    } catch (InterruptedException interrupted) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the provider", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }
}
