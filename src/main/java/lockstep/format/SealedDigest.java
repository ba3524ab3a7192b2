package lockstep.format;

import java.security.MessageDigest;
import java.util.Arrays;
import lockstep.kernel.HexDigits;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of an object's sealed bytes. */
@Implements("OBJ-8")
public final class SealedDigest {

  /** Bytes of a digest. */
  public static final int LENGTH_BYTES = 32;

  private final byte[] bytes;

  private SealedDigest(byte[] owned) {
    this.bytes = owned;
  }

  /**
   * The digest of those 32 bytes, copied.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static SealedDigest of(byte[] bytes) {
    if (bytes.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("a digest has " + LENGTH_BYTES + " bytes");
    }
    return new SealedDigest(bytes.clone());
  }

  /** The 32 bytes, in an array of the caller's own. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SealedDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(HexDigits.encode(bytes));
  }
}
