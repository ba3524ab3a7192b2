package lockstep.vault;

import java.security.SecureRandom;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;
import lockstep.wire.SignedReply;
import lockstep.wire.VaultId;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The vault's Ed25519 key pair (RFC 8032), which clients pin. */
@Decides("ATR-8")
@Implements("SEC-3")
public final class VaultIdentity implements AutoCloseable {

  /** Length of a seed in bytes. */
  public static final int SEED_BYTES = 32;

  private final SecretBytes seed;
  private final Bytes publicKey;

  private VaultIdentity(SecretBytes seed) {
    this.seed = seed;
    this.publicKey = seed.expose(VaultIdentity::publicKeyOf);
  }

  /** A new identity; once in a vault's life. */
  public static VaultIdentity generate(SecureRandom random) {
    return new VaultIdentity(SecretBytes.random(random, SEED_BYTES));
  }

  /**
   * The identity of a stored seed of 32 bytes, which stays the caller's to close.
   *
   * @throws IllegalArgumentException (a programmer error) on another length
   */
  public static VaultIdentity fromSeed(SecretBytes seed) {
    if (seed.length() != SEED_BYTES) {
      throw new IllegalArgumentException("identity seed is 32 bytes");
    }
    return new VaultIdentity(seed.duplicate());
  }

  /** The seed, to be stored where ATR-2 says; the caller's to close. */
  @Implements("ATR-2")
  public SecretBytes seed() {
    return seed.duplicate();
  }

  /** The public key, 32 bytes. */
  public Bytes publicKey() {
    return publicKey;
  }

  /** What a client pins. */
  public VaultId id() {
    return VaultId.of(publicKey);
  }

  /** The whole reply message to {@code request}, at most 16,384 bytes. */
  @Implements("WIR-4~2")
  public byte[] answer(byte[] request, Reply reply) {
    Bytes signature = sign(SignedReply.signedInput(id(), request, reply));
    return new SignedReply(reply, signature).encode();
  }

  /** The receipt with this body. */
  @Implements("RCP-1~2")
  public Receipt receipt(Receipt.Body body) {
    return new Receipt(body, sign(body.signedInput(id())));
  }

  /** Wipes the seed. */
  @Override
  public void close() {
    seed.close();
  }

  @Override
  public String toString() {
    return "VaultIdentity(redacted)";
  }

  private Bytes sign(byte[] input) {
    byte[] signature = new byte[Ed25519Signature.LENGTH];
    seed.expose(
        key -> {
          Ed25519.sign(key, 0, input, 0, input.length, signature, 0);
          return key.length;
        });
    return Bytes.copyOf(signature);
  }

  private static Bytes publicKeyOf(byte[] seed) {
    byte[] key = new byte[Ed25519Signature.PUBLIC_KEY_LENGTH];
    Ed25519.generatePublicKey(seed, 0, key, 0);
    return Bytes.copyOf(key);
  }
}
