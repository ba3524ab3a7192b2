package lockstep.ideal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.adapter.vaultstore.EmbeddedVault;
import lockstep.adapter.vaultstore.RowKeeper;
import lockstep.adapter.vaultstore.VaultDirectory;
import lockstep.adapter.vaultstore.VaultInitialisation;
import lockstep.device.state.Stretching;
import lockstep.device.vault.AccountTokens;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.evidence.TestsFolder;
import lockstep.opaque.Argon2Bounds;
import lockstep.opaque.Argon2Parameters;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.ClientRandomness;
import lockstep.secret.Password;
import lockstep.secret.PasswordResult;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;

/** The product's vault on a disk, with a clock that schedules move; many schedules share it. */
final class RealSite implements AutoCloseable {

  /** Argon2id as cheap as the library allows; schedules are about everything else. */
  static final Stretching CHEAP =
      new Stretching(
          new Argon2Bounds(new Argon2Parameters(64, 1, 1), new Argon2Parameters(128, 2, 2)),
          new Argon2Parameters(64, 1, 1));

  private static final long DAY_MILLIS = 86_400_000;

  final SecureRandom random = new SecureRandom();
  final Path directory;
  final Bytes anyKe1;
  private final VaultDirectory files;
  private final AccountTokens tokens;
  private final Bytes publicKey;
  private final RowKeeper database;
  private EmbeddedVault vault;
  private long time = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private long latest = time;
  private long begun = time;
  private int accounts;

  RealSite(AttemptPolicy policy) {
    try {
      Path shared = Path.of("/dev/shm");
      directory =
          Files.isWritable(shared)
              ? Files.createTempDirectory(shared, "lockstep")
              : Files.createTempDirectory(TestsFolder.path(), "lockstep");
      files =
          new VaultInitialisation(policy, new DurableFiles(), random)
              .make(directory.resolve("vault"))
              .orElseThrow();
      vault = openVault();
      publicKey = files.publicKey();
      tokens = files.messenger(this::now, random);
      database = RowKeeper.of(directory.resolve("vault"));
      anyKe1 = anyKe1();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Bytes anyKe1() {
    try (Password guess = password("any password");
        ClientLogin login = ClientLogin.start(guess, ClientRandomness.from(random))) {
      return Bytes.copyOf(login.request().encode());
    }
  }

  /** A schedule begins: sessions of the one before have expired, whatever its clock did. */
  void begin() {
    time = latest + DAY_MILLIS;
    latest = time;
    begun = time;
  }

  void pass(long seconds) {
    time += seconds * 1000;
    latest = Math.max(latest, time);
  }

  Instant now() {
    return Instant.ofEpochMilli(time);
  }

  /** The same moment on the clock of stories. */
  long asStory(long millis) {
    return millis == 0 ? 0 : millis - begun + World.START;
  }

  /** The vault's process is killed, and another one opens its files. */
  void restartVault() {
    try {
      vault.close();
      vault = openVault();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private EmbeddedVault openVault() throws IOException {
    return files.openVault(this::now, random, DurableStep.NONE);
  }

  /** A request of the adversary's own, as a message. */
  byte[] message(Request request) {
    byte[] nonce = new byte[RequestMessage.NONCE_BYTES];
    random.nextBytes(nonce);
    return request.encode(Bytes.copyOf(nonce));
  }

  byte[] exchange(byte[] request) throws IOException {
    return vault.exchange(request);
  }

  VaultConnection connection(VaultClient network) {
    return new VaultConnection(network, publicKey, tokens);
  }

  /** What a fresh account token permits. */
  Authority token(AccountName account) {
    try {
      VaultConnection self = connection(this::exchange);
      return new Authority.Token(Bytes.copyOf(tokens.tokenFor(account, self.vaultId()).encode()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  AccountName newAccount() {
    return new AccountName("account" + accounts++);
  }

  /** What the vault's disk holds of an account. */
  byte[] row(AccountName account) {
    try {
      return database.state(account).orElseThrow().toArray();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Puts the account back to what the disk held; for a schedule that begins with it. */
  void putRow(AccountName account, byte[] state) {
    try {
      database.put(account, Bytes.copyOf(state), OptionalLong.empty());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** A reply as it sounds at the network. */
  String words(Moment moment, Reply reply) {
    if (reply instanceof Reply.Evaluated said) {
      return Words.evaluated(
          said.attemptsRemaining(), asStory(said.lockedUntil()), said.finalSession());
    }
    if (reply instanceof Refusal.WrongProof said) {
      return Words.wrong(said.attemptsRemaining(), asStory(said.lockedUntil()));
    }
    if (reply instanceof Refusal.Locked said) {
      return Words.locked(asStory(said.until()));
    }
    if (reply instanceof Reply.Ended said) {
      return "Ended, " + Words.left(said.attemptsRemaining(), asStory(said.lockedUntil()));
    }
    if (reply instanceof Reply.RestartPending said) {
      return "Pending until " + Words.time(asStory(said.completesAt()));
    }
    return switch (reply.getClass().getSimpleName()) {
      case "Refused" -> "NotEntitled";
      case "SessionUnknown" -> "SessionOver";
      case "Registered", "Staged", "Activated", "Marked", "Disabled", "Restarted" -> "Done";
      default -> reply.getClass().getSimpleName();
    };
  }

  static Password password(String typed) {
    PasswordResult result = Password.prepare(typed.toCharArray());
    return ((PasswordResult.Prepared) result).password();
  }

  @Override
  public void close() {
    try {
      vault.close();
      database.close();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    Trees.delete(directory);
  }
}
