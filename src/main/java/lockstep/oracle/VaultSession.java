package lockstep.oracle;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.SecretBytes;
import lockstep.vault.BackupKeyVault;
import lockstep.vault.MessengerTokens;
import lockstep.vault.VaultConfiguration;
import lockstep.vault.VaultIdentity;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.VaultId;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A whole vault of a session, spoken to in messages, and the messenger whose tokens it takes. */
final class VaultSession implements AutoCloseable {

  private static final int KEY_BYTES = 32;
  private static final int TOKEN_RANDOM_BYTES = 16;
  private static final long TOKEN_MILLIS = 300_000;

  private final MachineAccounts accounts;
  private final SecureRandom random;
  private final SecretBytes messengerSeed;
  private final VaultIdentity identity;
  private final VaultConfiguration configuration;
  private BackupKeyVault vault;

  /** Takes over identity, setup and seed. */
  VaultSession(
      MachineAccounts accounts,
      SecureRandom random,
      VaultIdentity identity,
      ServerSetup setup,
      SecretBytes messengerSeed) {
    this.accounts = accounts;
    this.random = random;
    this.messengerSeed = messengerSeed;
    this.identity = identity;
    this.configuration =
        new VaultConfiguration(identity, setup, recordSealing(random), accounts.policy());
    this.vault = started();
  }

  private BackupKeyVault started() {
    return new BackupKeyVault(
        configuration,
        accounts,
        new MessengerTokens(messengerPublicKey(), identity.id()),
        () -> Instant.ofEpochMilli(accounts.now()),
        random);
  }

  /** What a crash and a new start leave: keys and accounts. Who was under way is forgotten. */
  void restart() {
    vault = started();
  }

  MachineAccounts accounts() {
    return accounts;
  }

  Bytes publicKey() {
    return identity.publicKey();
  }

  VaultId id() {
    return identity.id();
  }

  Bytes messengerPublicKey() {
    byte[] key = new byte[Ed25519Signature.PUBLIC_KEY_LENGTH];
    messengerSeed.expose(
        seed -> {
          Ed25519.generatePublicKey(seed, 0, key, 0);
          return key;
        });
    return Bytes.copyOf(key);
  }

  /** The signed reply to a message. */
  byte[] exchange(byte[] request) throws VaultDamagedException {
    return vault.exchange(request);
  }

  /** An account token of the session's messenger, from now on for five minutes. */
  byte[] token(AccountName account) {
    byte[] drawn = new byte[TOKEN_RANDOM_BYTES];
    random.nextBytes(drawn);
    long now = accounts.now();
    AccountToken.Body body =
        new AccountToken.Body(account, id(), now, now + TOKEN_MILLIS, Bytes.copyOf(drawn));
    byte[] signed = body.signedInput();
    byte[] signature = new byte[Ed25519Signature.LENGTH];
    messengerSeed.expose(
        seed -> {
          Ed25519.sign(seed, 0, signed, 0, signed.length, signature, 0);
          return signature;
        });
    return new AccountToken(body, Bytes.copyOf(signature)).encode();
  }

  @Override
  public void close() {
    vault.close();
    messengerSeed.close();
  }

  private static Aead recordSealing(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    try {
      return new AesGcmJce(key);
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    } finally {
      SecretBytes.wipe(key);
    }
  }
}
