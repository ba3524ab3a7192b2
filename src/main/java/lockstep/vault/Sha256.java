package lockstep.vault;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import lockstep.wire.Bytes;

/** SHA-256 over bytes that are no secret. */
final class Sha256 {

  static final int LENGTH_BYTES = 32;

  private Sha256() {}

  static Bytes of(byte[] input) {
    try {
      return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(input));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
