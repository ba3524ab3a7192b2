package lockstep.opaque;

import lockstep.secret.Hkdf;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** HKDF-SHA-256 and SHA-256 in the shapes that RFC 9807 uses. */
@Implements("OPQ-1")
public final class KeySchedule {

  private KeySchedule() {}

  /** {@code Extract} with an empty salt over the concatenation of {@code parts}: 32 bytes. */
  public static SecretBytes extract(SecretBytes... parts) {
    byte[] inputKey = new byte[0];
    for (SecretBytes part : parts) {
      byte[] shorter = inputKey;
      inputKey = part.expose(bytes -> Bytes.concat(shorter, bytes));
      SecretBytes.wipe(shorter);
    }
    try (SecretBytes joined = SecretBytes.absorb(inputKey)) {
      return Hkdf.extractSha256(new byte[0], joined);
    }
  }

  /** {@code Expand} of {@code key} with {@code prefix || label} as info. */
  public static SecretBytes expand(SecretBytes key, byte[] prefix, String label, int lengthBytes) {
    byte[] info = Bytes.concat(prefix, Bytes.ascii(label));
    return Hkdf.expandSha256(key, info, lengthBytes);
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
    return Hkdf.expandSha256(secret, info, OpaqueSuite.HASH_BYTES);
  }

  static byte[] sha256(byte[] message) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(message, 0, message.length);
    byte[] hash = new byte[OpaqueSuite.HASH_BYTES];
    digest.doFinal(hash, 0);
    return hash;
  }
}
