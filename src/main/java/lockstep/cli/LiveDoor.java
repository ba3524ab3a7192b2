package lockstep.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import lockstep.adapter.remote.CommandVault;
import lockstep.adapter.remote.HttpsVault;
import lockstep.adapter.remote.RestartHook;
import lockstep.adapter.remote.VaultUnreachable;
import lockstep.conformance.VaultDoor;
import lockstep.device.vault.VaultClient;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.Request;
import org.jspecify.annotations.Nullable;

/**
 * A vault that runs somewhere, as the kit examines it. Its clock is this machine's: a wait of three
 * seconds or less is waited for, and any longer one is not to be had.
 */
@Implements({"CNF-12", "CNF-13"})
final class LiveDoor implements VaultDoor {

  private static final long LONGEST_WAIT_MILLIS = 3_000;
  private static final long TICK_MILLIS = 20;

  private final Way way;
  private final Bytes publicKey;
  private final SecretBytes seed;
  private final @Nullable String hook;
  private final Duration patience;
  private final InstantSource clock;

  /** How messages get there. */
  private sealed interface Way extends AutoCloseable {

    VaultClient client();

    /** Ends the vault and starts it again, where that is this side's to do. */
    boolean crash();

    @Override
    void close();
  }

  private LiveDoor(
      Way way,
      Bytes publicKey,
      SecretBytes seed,
      @Nullable String hook,
      Duration patience,
      InstantSource clock) {
    this.way = way;
    this.publicKey = publicKey;
    this.seed = seed;
    this.hook = hook;
    this.patience = patience;
    this.clock = clock;
  }

  /** A vault that a command serves; without a hook the command is killed and started again. */
  static LiveDoor command(
      Supplier<CommandVault> start,
      Bytes publicKey,
      SecretBytes seed,
      @Nullable String hook,
      Duration patience,
      InstantSource clock) {
    return new LiveDoor(new Started(start), publicKey, seed, hook, patience, clock);
  }

  /** A vault at an address, which only a hook restarts. */
  static LiveDoor network(
      HttpsVault vault,
      Bytes publicKey,
      SecretBytes seed,
      @Nullable String hook,
      Duration patience,
      InstantSource clock) {
    return new LiveDoor(new There(vault), publicKey, seed, hook, patience, clock);
  }

  @Override
  public byte[] exchange(byte[] request) throws IOException {
    try {
      return way.client().exchange(request);
    } catch (VaultUnreachable unreachable) {
      if (unreachable.reason() == VaultUnreachable.Reason.NO_REPLY) {
        return new byte[0];
      }
      throw unreachable;
    }
  }

  @Override
  public boolean carries(int length) {
    return length <= Request.MAX_BYTES;
  }

  @Override
  public Bytes publicKey() {
    return publicKey;
  }

  @Override
  public SecretBytes messengerSeed() {
    return seed.duplicate();
  }

  @Override
  public long now() {
    return clock.millis();
  }

  @Override
  public Optional<Policy> policy() {
    return Optional.empty();
  }

  @Override
  public Optional<Bytes> issued(AccountName account) {
    return Optional.empty();
  }

  @Override
  public boolean advance(long millis) throws IOException {
    if (millis < 0 || millis > LONGEST_WAIT_MILLIS) {
      return false;
    }
    try {
      Thread.sleep(millis + TICK_MILLIS);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while time was to pass", interrupted);
    }
  }

  @Override
  public boolean crash() throws IOException {
    if (hook == null) {
      return way.crash();
    }
    RestartHook.run(hook, patience);
    way.crash();
    return true;
  }

  @Override
  public void close() {
    way.close();
    seed.close();
  }

  private static final class Started implements Way {

    private final Supplier<CommandVault> start;
    private CommandVault running;

    Started(Supplier<CommandVault> start) {
      this.start = start;
      this.running = start.get();
    }

    @Override
    public synchronized VaultClient client() {
      return running;
    }

    @Override
    public synchronized boolean crash() {
      running.kill();
      running = start.get();
      return true;
    }

    @Override
    public synchronized void close() {
      running.close();
    }
  }

  private record There(HttpsVault client) implements Way {

    @Override
    public boolean crash() {
      return false;
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
