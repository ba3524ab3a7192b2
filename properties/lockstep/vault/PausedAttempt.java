package lockstep.vault;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import lockstep.models.SteppedThread;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;

/** One Attempt on its way through a vault: it stops before its charge is durable, and after. */
final class PausedAttempt {

  private final SteppedThread thread;
  private Optional<Bytes> id = Optional.empty();
  private Optional<Reply> reply = Optional.empty();

  PausedAttempt(PausingStore store, Supplier<Reply> exchange) {
    thread = new SteppedThread(() -> receive(store, exchange));
  }

  private void receive(PausingStore store, Supplier<Reply> exchange) {
    store.pausing(this);
    Reply received = exchange.get();
    reply = thread.isDead() ? Optional.empty() : Optional.of(received);
  }

  /** Sends the message; returns when the vault would make the charge durable, or has answered. */
  void begin() {
    thread.begin();
  }

  /** Lets the vault take one step more. */
  void goOn() {
    thread.goOn();
  }

  /** The vault's process ends; nothing of it goes on. */
  void die() throws InterruptedException {
    thread.die();
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
    if (!thread.pause()) {
      throw new IOException("the vault's process ended");
    }
  }
}
