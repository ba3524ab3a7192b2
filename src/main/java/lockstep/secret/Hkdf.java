package lockstep.secret;

import lockstep.spec.Implements;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * HKDF (RFC 5869) from and to secrets.
 *
 * <p>Results are the caller's to close. A length above 255 hash lengths is a programmer error and
 * raises an unchecked exception.
 */
public final class Hkdf {

  /** Bytes of every subkey. */
  public static final int SUBKEY_BYTES = 32;

  private static final byte[] NO_SALT = {};

  private Hkdf() {}

  /**
   * The subkey of 32 bytes that {@code parent} has for {@code label}. Whether the parent is of the
   * label's kind is the caller's to know.
   */
  @Implements("KEY-2")
  public static SecretBytes derive(SecretBytes parent, KeyLabel label) {
    try (SecretBytes prk = extractSha256(NO_SALT, parent)) {
      return expandSha256(prk, label.info(), SUBKEY_BYTES);
    }
  }

  /** HKDF-Extract with SHA-256: a pseudorandom key of 32 bytes. */
  @Implements("KEY-2")
  public static SecretBytes extractSha256(byte[] salt, SecretBytes inputKeyingMaterial) {
    return inputKeyingMaterial.expose(
        ikm ->
            SecretBytes.absorb(
                new HKDFBytesGenerator(SHA256Digest.newInstance()).extractPRK(salt, ikm)));
  }

  /** HKDF-Expand with SHA-256, from 1 to 8,160 bytes. */
  @Implements("KEY-2")
  public static SecretBytes expandSha256(SecretBytes prk, byte[] info, int lengthBytes) {
    return expand(SHA256Digest.newInstance(), prk, info, lengthBytes);
  }

  /** HKDF-Expand with SHA-512, from 1 to 16,320 bytes; the payload encryption's (PAY-1). */
  @Implements("PAY-1")
  public static SecretBytes expandSha512(SecretBytes prk, byte[] info, int lengthBytes) {
    return expand(new SHA512Digest(), prk, info, lengthBytes);
  }

  private static SecretBytes expand(Digest digest, SecretBytes prk, byte[] info, int lengthBytes) {
    return prk.expose(
        key -> {
          HKDFBytesGenerator hkdf = new HKDFBytesGenerator(digest);
          hkdf.init(HKDFParameters.skipExtractParameters(key, info));
          byte[] okm = new byte[lengthBytes];
          hkdf.generateBytes(okm, 0, lengthBytes);
          return SecretBytes.absorb(okm);
        });
  }
}
