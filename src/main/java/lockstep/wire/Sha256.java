package lockstep.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import lockstep.spec.NonNormative;

/** SHA-256 over bytes that are no secret. */
@NonNormative("a digest of the JDK's; the clauses are those of what it is taken over")
public final class Sha256 {

  public static final int LENGTH_BYTES = 32;

  private Sha256() {}

  /** The digest, {@value #LENGTH_BYTES} bytes, of these bytes. */
  public static Bytes of(byte[] input) {
    try {
      return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(input));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
