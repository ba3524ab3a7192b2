package lockstep.protocol;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import lockstep.opaque.Argon2Bounds;
import lockstep.opaque.Argon2Parameters;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.Password;
import lockstep.secret.PasswordResult;
import lockstep.secret.SecretBytes;
import lockstep.vault.AttemptPolicy;
import lockstep.vault.BackupKeyVault;
import lockstep.vault.MessengerTokens;
import lockstep.vault.VaultConfiguration;
import lockstep.vault.VaultIdentity;
import lockstep.vault.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.VaultId;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A real vault over a real store in a directory of its own, with a clock that the test moves. */
final class VaultSite implements AutoCloseable {

  static final AccountName ALICE = new AccountName("alice");

  /** Argon2id as cheap as the library allows; a test is about the protocol. */
  static final Stretching CHEAP =
      new Stretching(
          new Argon2Bounds(new Argon2Parameters(64, 1, 1), new Argon2Parameters(128, 2, 2)),
          new Argon2Parameters(64, 1, 1));

  final SecureRandom random = new SecureRandom();
  final Path directory;
  private final SecretBytes identitySeed = SecretBytes.random(random, VaultIdentity.SEED_BYTES);
  private final SecretBytes opaqueSetup;
  private final Aead recordSealing;
  private final byte[] messengerSeed = new byte[Ed25519.SECRET_KEY_SIZE];
  private final Bytes messengerKey;
  private final Bytes publicKey;
  private AttemptPolicy policy;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private VaultStore store;
  private BackupKeyVault vault;

  VaultSite(AttemptPolicy policy) {
    try {
      this.directory = Files.createTempDirectory("vault");
      this.policy = policy;
      try (ServerSetup setup = ServerSetup.generate(random)) {
        this.opaqueSetup = setup.encode();
      }
      AeadConfig.register();
      this.recordSealing =
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get())
              .getPrimitive(RegistryConfiguration.get(), Aead.class);
      random.nextBytes(messengerSeed);
      byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
      Ed25519.generatePublicKey(messengerSeed, 0, key, 0);
      this.messengerKey = Bytes.copyOf(key);
      try (VaultIdentity identity = VaultIdentity.fromSeed(identitySeed)) {
        this.publicKey = identity.publicKey();
      }
      this.store = FileVaultStore.open(directory);
      this.vault = start();
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  VaultSite() {
    this(AttemptPolicy.STANDARD);
  }

  private BackupKeyVault start() {
    VaultIdentity identity = VaultIdentity.fromSeed(identitySeed);
    return new BackupKeyVault(
        new VaultConfiguration(
            identity, ServerSetup.parse(opaqueSetup).orElseThrow(), recordSealing, policy),
        store,
        new MessengerTokens(messengerKey, identity.id()),
        () -> now,
        random);
  }

  /** Ends the vault's process and starts another one over the same store. */
  void restart() {
    vault.close();
    vault = start();
  }

  /** Puts the store back to what {@link #snapshot} copied. */
  void rollBackTo(Path snapshot) {
    vault.close();
    try {
      FileVaultStore.copy(snapshot, directory);
      store = FileVaultStore.open(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    vault = start();
  }

  Path snapshot() {
    try {
      Path copy = Files.createTempDirectory("snapshot");
      FileVaultStore.copy(directory, copy);
      return copy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void reconfigure(AttemptPolicy other) {
    policy = other;
    restart();
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  Instant now() {
    return now;
  }

  Bytes publicKey() {
    return publicKey;
  }

  byte[] exchange(byte[] request) throws IOException {
    return vault.exchange(request);
  }

  VaultIdentity identity() {
    return VaultIdentity.fromSeed(identitySeed);
  }

  VaultConnection connection() {
    return connection(this::exchange);
  }

  VaultConnection connection(VaultClient client) {
    return new VaultConnection(client, publicKey, this::token);
  }

  /** The vault's own word on the account, asked by a device of nobody's. */
  Reply.StatusReport status() {
    return new TestDevice()
        .run(
            device -> {
              try {
                VaultConversation conversation =
                    VaultConversation.begin(device, connection(), ALICE);
                return conversation.status(conversation.token());
              } catch (ConversationEnded ended) {
                throw new AssertionError(ended.failure().toString(), ended);
              }
            });
  }

  AccountToken token(AccountName account, VaultId vaultId) {
    long time = now.toEpochMilli();
    byte[] drawn = new byte[16];
    random.nextBytes(drawn);
    AccountToken.Body body =
        new AccountToken.Body(account, vaultId, time, time + 300_000, Bytes.copyOf(drawn));
    byte[] input = body.signedInput();
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(messengerSeed, 0, input, 0, input.length, signature, 0);
    return new AccountToken(body, Bytes.copyOf(signature));
  }

  static Password password(String typed) {
    PasswordResult result = Password.prepare(typed.toCharArray());
    return ((PasswordResult.Prepared) result).password();
  }

  @Override
  public void close() {
    vault.close();
  }
}
