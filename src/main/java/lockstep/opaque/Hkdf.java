package lockstep.opaque;

import lockstep.secret.SecretBytes;
import lockstep.trace.Implements;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** HKDF-SHA-256, HMAC-SHA-256 and SHA-256 in the shapes that RFC 9807 uses. */
@Implements("OPQ-1~1")
public final class Hkdf {

  private Hkdf() {}

  /** {@code Extract} with an empty salt over the concatenation of {@code parts}: 32 bytes. */
  public static SecretBytes extract(SecretBytes... parts) {
    byte[] inputKey = new byte[0];
    for (SecretBytes part : parts) {
      byte[] shorter = inputKey;
      inputKey = part.expose(bytes -> Bytes.concat(shorter, bytes));
      SecretBytes.wipe(shorter);
    }
    byte[] key = new HKDFBytesGenerator(new SHA256Digest()).extractPRK(new byte[0], inputKey);
    SecretBytes.wipe(inputKey);
    return SecretBytes.absorb(key);
  }

  /** {@code Expand} of {@code key} with {@code prefix || label} as info. */
  public static SecretBytes expand(SecretBytes key, byte[] prefix, String label, int lengthBytes) {
    byte[] info = Bytes.concat(prefix, Bytes.ascii(label));
    return expand(key, info, lengthBytes);
  }

  /** {@code MAC}: 32 bytes. */
  public static byte[] mac(SecretBytes key, byte[] message) {
    HMac hmac = new HMac(new SHA256Digest());
    key.expose(
        bytes -> {
          hmac.init(new KeyParameter(bytes));
          return bytes.length;
        });
    hmac.update(message, 0, message.length);
    byte[] tag = new byte[OpaqueSuite.HASH_BYTES];
    hmac.doFinal(tag, 0);
    return tag;
  }

  /** {@code Derive-Secret} of RFC 9807 section 6.4.2: 32 bytes. */
  static SecretBytes deriveSecret(SecretBytes secret, String label, byte[] transcriptHash) {
    byte[] fullLabel = Bytes.ascii("OPAQUE-" + label);
    byte[] info =
        Bytes.concat(
            Bytes.u16(OpaqueSuite.HASH_BYTES),
            new byte[] {(byte) fullLabel.length},
            fullLabel,
            new byte[] {(byte) transcriptHash.length},
            transcriptHash);
    return expand(secret, info, OpaqueSuite.HASH_BYTES);
  }

  static byte[] sha256(byte[] message) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(message, 0, message.length);
    byte[] hash = new byte[OpaqueSuite.HASH_BYTES];
    digest.doFinal(hash, 0);
    return hash;
  }

  private static SecretBytes expand(SecretBytes key, byte[] info, int lengthBytes) {
    byte[] output = new byte[lengthBytes];
    key.expose(
        bytes -> {
          HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
          generator.init(HKDFParameters.skipExtractParameters(bytes, info));
          return generator.generateBytes(output, 0, lengthBytes);
        });
    return SecretBytes.absorb(output);
  }
}
