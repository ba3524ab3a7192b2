package lockstep.opaque;

import java.nio.ByteBuffer;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;

/** Which record of which account: it selects the OPRF key, so each generation has its own. */
@Decides("OPQ-3~2")
public final class CredentialIdentifier {

  private static final int MAXIMUM_ACCOUNT_BYTES = 255;

  private final byte[] encoded;

  private CredentialIdentifier(byte[] encoded) {
    this.encoded = encoded;
  }

  /**
   * {@code bytes16 account || u64 generation}.
   *
   * @param account UTF-8, 1 to 255 bytes
   * @throws IllegalArgumentException for another length or a negative generation
   */
  public static CredentialIdentifier of(byte[] account, long generation) {
    if (account.length < 1 || account.length > MAXIMUM_ACCOUNT_BYTES || generation < 0) {
      throw new IllegalArgumentException("account is 1 to 255 bytes, generation not negative");
    }
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(generation).array();
    return new CredentialIdentifier(Bytes.concat(Bytes.bytes16(account), number));
  }

  /** Any bytes. */
  @NonNormative("reproduces published vectors, which have identifiers of their own")
  public static CredentialIdentifier ofBytes(byte[] encoded) {
    return new CredentialIdentifier(encoded.clone());
  }

  /** The bytes. */
  public byte[] encode() {
    return encoded.clone();
  }

  /** The OPRF key that belongs to this record (RFC 9807 section 5.2.2). */
  @Implements("OPQ-1")
  public Scalar oprfKey(SecretBytes oprfSeed) {
    try (SecretBytes seed =
        KeySchedule.expand(oprfSeed, encoded, "OprfKey", OpaqueSuite.SEED_BYTES)) {
      return Oprf.deriveKey(seed, "OPAQUE-DeriveKeyPair");
    }
  }
}
