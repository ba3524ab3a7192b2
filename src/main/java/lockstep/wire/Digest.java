package lockstep.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over public bytes. */
final class Digest {

  static final int LENGTH = 32;

  private Digest() {}

  static Bytes sha256(byte[] input) {
    try {
      return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(input));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
