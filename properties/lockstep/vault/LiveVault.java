package lockstep.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.SecretBytes;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;
import lockstep.wire.SignedReply;
import lockstep.wire.VaultId;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A real vault with real OPAQUE, a messenger, and a clock that tests turn. */
final class LiveVault {

  static final AccountName ALICE = new AccountName("alice");

  final SecureRandom random = new SecureRandom();
  final SigningKey messenger = new SigningKey(random);
  final VaultStore store;
  final AttemptPolicy policy;
  long time = MachineRun.START;
  InstantSource clock = () -> Instant.ofEpochMilli(time);
  BackupKeyVault vault;
  private final SecretBytes seed = SecretBytes.random(random, 32);
  final SecretBytes opaque;
  final Aead aead = newAead();
  final VaultIdentity identity = VaultIdentity.fromSeed(seed);

  LiveVault(VaultStore store, AttemptPolicy policy) {
    this.store = store;
    this.policy = policy;
    try (ServerSetup setup = ServerSetup.generate(random)) {
      this.opaque = setup.encode();
    }
    restart();
  }

  /** A new process over the same store and keys. */
  void restart() {
    vault = over(store);
  }

  /** A vault process with these keys over any store. */
  BackupKeyVault over(VaultStore any) {
    return new BackupKeyVault(
        new VaultConfiguration(
            VaultIdentity.fromSeed(seed), ServerSetup.parse(opaque).orElseThrow(), aead, policy),
        any,
        new MessengerTokens(messenger.publicKey, identity.id()),
        clock,
        random);
  }

  VaultId id() {
    return identity.id();
  }

  /** The verified reply to a request. */
  Reply exchange(Request request) {
    return exchange(message(request));
  }

  /** The request as a message with a nonce of its own. */
  byte[] message(Request request) {
    return request.encode(randomBytes(RequestMessage.NONCE_BYTES));
  }

  Reply exchange(byte[] message) {
    try {
      SignedReply reply = SignedReply.decode(vault.exchange(message)).orElseThrow();
      if (!reply.isSignedBy(identity.publicKey(), message)) {
        throw new AssertionError("reply is not the vault's");
      }
      return reply.reply();
    } catch (VaultDamagedException damaged) {
      throw new AssertionError(damaged);
    }
  }

  Authority token(AccountName account) {
    return token(account, messenger, id(), time - 1_000, time + 300_000);
  }

  Authority token(
      AccountName account, SigningKey issuer, VaultId vaultId, long issuedAt, long expiresAt) {
    AccountToken.Body body =
        new AccountToken.Body(account, vaultId, issuedAt, expiresAt, randomBytes(16));
    return new Authority.Token(
        Bytes.copyOf(new AccountToken(body, issuer.sign(body.signedInput())).encode()));
  }

  Bytes randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  private static Aead newAead() {
    try {
      AeadConfig.register();
      return KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get())
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** An Ed25519 key pair of a messenger, a device or a stage. */
  static final class SigningKey {

    final Bytes publicKey;
    private final byte[] privateKey = new byte[32];

    SigningKey(SecureRandom random) {
      random.nextBytes(privateKey);
      byte[] key = new byte[32];
      Ed25519.generatePublicKey(privateKey, 0, key, 0);
      publicKey = Bytes.copyOf(key);
    }

    Bytes sign(byte[] input) {
      byte[] signature = new byte[64];
      Ed25519.sign(privateKey, 0, input, 0, input.length, signature, 0);
      return Bytes.copyOf(signature);
    }
  }
}
