package lockstep.adapter.vaultstore;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Implements;

/**
 * A running vault, from which what is over is erased at its time, whether or not anybody sends a
 * request. To be closed before the vault is, which stays its opener's.
 */
@Implements("ATR-13~2")
public final class SweptVault implements VaultClient, AutoCloseable {

  /**
   * How long nothing is looked at: twice a minute keeps the promise of once even when one is late.
   */
  public static final Duration PERIOD = Duration.ofSeconds(30);

  private final RestartingVault vault;
  private final Runnable failed;
  private volatile boolean isFailing;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(SweptVault::inTheBackground);

  private final ScheduledFuture<?> sweeping;

  private SweptVault(RestartingVault vault, long nanos, Runnable failed) {
    this.vault = vault;
    this.failed = failed;
    this.sweeping = timer.scheduleWithFixedDelay(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Begins to sweep that vault, which was swept when it was opened, once each {@code period}.
   *
   * @param failed called when a sweep fails and the one before did not; to tell the operator
   */
  public static SweptVault of(RestartingVault vault, Duration period, Runnable failed) {
    return new SweptVault(vault, period.toNanos(), failed);
  }

  @Override
  public byte[] exchange(byte[] request) throws IOException {
    return vault.exchange(request);
  }

  /** Whether the last sweep failed. */
  public boolean isTroubled() {
    return isFailing;
  }

  // What could not be erased is due still, and every request of that account meets the same
  // failure. Whatever a sweep throws would end the timer, so that nothing may get out.
  private void sweep() {
    try {
      vault.sweep();
      isFailing = false;
    } catch (IOException | RuntimeException | Error triedAgainNextTime) {
      if (!isFailing) {
        isFailing = true;
        failed.run();
      }
    }
  }

  /** Ends the sweeping; one that is under way is completed first. */
  @Override
  public void close() {
    sweeping.cancel(false);
    timer.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (timer.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException waiting) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread inTheBackground(Runnable task) {
    Thread thread = new Thread(task, "sweeping the vault");
    thread.setDaemon(true);
    return thread;
  }
}
