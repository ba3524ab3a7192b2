package lockstep.vault;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;

/** One Attempt on its way through a vault: it stops before its charge is durable, and after. */
final class PausedAttempt {

  private static final long PATIENCE_SECONDS = 20;

  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore onward = new Semaphore(0);
  private final Thread thread;
  private Optional<Bytes> id = Optional.empty();
  private Optional<Reply> reply = Optional.empty();
  private volatile boolean vaultDied;

  PausedAttempt(PausingStore store, java.util.function.Supplier<Reply> exchange) {
    thread =
        new Thread(
            () -> {
              store.pausing(this);
              try {
                Reply received = exchange.get();
                reply = vaultDied ? Optional.empty() : Optional.of(received);
              } finally {
                arrived.release();
              }
            });
    thread.setDaemon(true);
  }

  /** Sends the message; returns when the vault would make the charge durable, or has answered. */
  void begin() {
    thread.start();
    await();
  }

  /** Lets the vault take one step more. */
  void goOn() {
    onward.release();
    await();
  }

  /** The vault's process ends; nothing of it goes on. */
  void die() throws InterruptedException {
    vaultDied = true;
    onward.release();
    thread.join();
  }

  /** The attempt id that the vault gave it, once it was decided. */
  Optional<Bytes> id() {
    return id;
  }

  /** What the client received. */
  Optional<Reply> reply() {
    return reply;
  }

  /** The store's place to stop. */
  void pause(Bytes attemptId) throws IOException {
    id = Optional.of(attemptId);
    arrived.release();
    onward.acquireUninterruptibly();
    if (vaultDied) {
      throw new IOException("the vault's process ended");
    }
  }

  private void await() {
    try {
      if (!arrived.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the vault hangs");
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
