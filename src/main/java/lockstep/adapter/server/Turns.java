package lockstep.adapter.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import lockstep.spec.Implements;

/**
 * Lets one request of each kind work at a time, some wait for it, and sends the others away. Safe
 * for use by several threads.
 */
@Implements("NET-2~2")
final class Turns {

  private final Map<String, Turn> taken = new HashMap<>();
  private final Semaphore atWork;
  private final int waiting;

  /**
   * Turns for so many requests in all.
   *
   * @param waiting how many of one kind may wait
   */
  Turns(int atWork, int waiting) {
    this.atWork = new Semaphore(atWork);
    this.waiting = waiting;
  }

  private static final class Turn {
    private final Semaphore one = new Semaphore(1, true);
    private int users;
  }

  /** What is done when it is one's turn. */
  @FunctionalInterface
  interface Work<T> {
    T done() throws IOException;
  }

  /** What {@code work} gives in its turn; empty, and nothing was done, where too many are there. */
  <T> Optional<T> inTurn(String kind, Work<T> work) throws IOException {
    if (!atWork.tryAcquire()) {
      return Optional.empty();
    }
    try {
      Optional<Turn> turn = enter(kind);
      return turn.isEmpty() ? Optional.empty() : Optional.of(work(kind, turn.get(), work));
    } finally {
      atWork.release();
    }
  }

  private <T> T work(String kind, Turn turn, Work<T> work) throws IOException {
    try {
      turn.one.acquireUninterruptibly();
      try {
        return work.done();
      } finally {
        turn.one.release();
      }
    } finally {
      leave(kind, turn);
    }
  }

  private synchronized Optional<Turn> enter(String kind) {
    Turn turn = taken.computeIfAbsent(kind, first -> new Turn());
    if (turn.users > waiting) {
      return Optional.empty();
    }
    turn.users++;
    return Optional.of(turn);
  }

  private synchronized void leave(String kind, Turn turn) {
    turn.users--;
    if (turn.users == 0) {
      taken.remove(kind);
    }
  }
}
