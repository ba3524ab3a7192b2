package lockstep.adapter.vaultstore;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Implements;

/**
 * A vault that is served. When its clock was far ahead and is right again, it is closed and opened
 * anew: sessions and challenges that went by the wrong time are over, as after any restart, and
 * fresh tokens are taken again. Safe for use by several threads.
 */
@Implements("AUT-12")
public final class RestartingVault implements VaultClient, AutoCloseable {

  private final Opening opening;
  private final SteadyClock clock;
  private final ReadWriteLock turn = new ReentrantReadWriteLock();
  private Optional<EmbeddedVault> vault;
  private boolean isClosed;

  private RestartingVault(Opening opening, SteadyClock clock, EmbeddedVault vault) {
    this.opening = opening;
    this.clock = clock;
    this.vault = Optional.of(vault);
  }

  /** Opens the vault, by the clock that it is served by. */
  @FunctionalInterface
  public interface Opening {
    EmbeddedVault open() throws IOException;
  }

  @FunctionalInterface
  private interface Use<T> {
    T of(EmbeddedVault vault) throws IOException;
  }

  /**
   * The vault, open.
   *
   * @throws IOException if it cannot be opened
   */
  public static RestartingVault of(Opening opening, SteadyClock clock) throws IOException {
    return new RestartingVault(opening, clock, opening.open());
  }

  /**
   * The signed reply to a request message.
   *
   * @throws IOException if the vault is closed, or could not be opened again; it is tried each time
   */
  @Override
  public byte[] exchange(byte[] request) throws IOException {
    return with(open -> open.exchange(request));
  }

  /** Erases what is over by now. */
  void sweep() throws IOException {
    with(
        open -> {
          open.sweep();
          return open;
        });
  }

  private <T> T with(Use<T> use) throws IOException {
    if (clock.isBack() || !isOpen()) {
      startAgain();
    }
    turn.readLock().lock();
    try {
      return use.of(
          vault.orElseThrow(() -> new IOException("the vault is closed, or being opened again")));
    } finally {
      turn.readLock().unlock();
    }
  }

  private boolean isOpen() {
    turn.readLock().lock();
    try {
      return vault.isPresent();
    } finally {
      turn.readLock().unlock();
    }
  }

  private void startAgain() throws IOException {
    turn.writeLock().lock();
    try {
      if (clock.isBack()) {
        shut();
        clock.goBack();
      }
      if (vault.isEmpty() && !isClosed) {
        vault = Optional.of(opening.open());
      }
    } finally {
      turn.writeLock().unlock();
    }
  }

  private void shut() throws IOException {
    Optional<EmbeddedVault> open = vault;
    vault = Optional.empty();
    if (open.isPresent()) {
      open.get().close();
    }
  }

  @Override
  public void close() throws IOException {
    turn.writeLock().lock();
    try {
      isClosed = true;
      shut();
    } finally {
      turn.writeLock().unlock();
    }
  }
}
