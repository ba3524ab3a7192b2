package lockstep.format;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import lockstep.kernel.HexDigits;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * The random 16 bytes that an object is known by inside a backup; nothing in them depends on its
 * content.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
@Implements("OBJ-3")
public record ObjectId(long high, long low) {

  /** Bytes of an id. */
  public static final int LENGTH_BYTES = 16;

  /** Draws a new id. */
  @Decides("OBJ-3")
  @Implements("PRV-5")
  public static ObjectId random(SecureRandom random) {
    byte[] drawn = new byte[LENGTH_BYTES];
    random.nextBytes(drawn);
    return of(drawn);
  }

  /**
   * The id of those 16 bytes.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static ObjectId of(byte[] bytes) {
    if (bytes.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("an object id has " + LENGTH_BYTES + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ObjectId(buffer.getLong(), buffer.getLong());
  }

  /** The 16 bytes, in an array of the caller's own. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH_BYTES).putLong(high).putLong(low).array();
  }

  @Override
  public String toString() {
    return new String(HexDigits.encode(bytes()));
  }
}
