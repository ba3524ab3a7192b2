package lockstep.format;

import lockstep.kernel.ChunkArithmetic;
import lockstep.kernel.PaddingArithmetic;
import lockstep.spec.Implements;

/**
 * What a backup knows of an object at the provider, and what the object must turn out to be.
 *
 * @param id the object's id
 * @param backupNumber the number of the backup that made it
 * @param contentBytes the length of its content without padding
 * @param digest the SHA-256 of its sealed bytes
 */
@Implements("OBJ-8")
public record StoredObject(ObjectId id, long backupNumber, long contentBytes, SealedDigest digest) {

  /** The longest content of any object in bytes, 2⁵¹. */
  public static final long MAX_CONTENT_BYTES = PaddingArithmetic.MAX_CONTENT_BYTES;

  /**
   * A description of an object.
   *
   * @throws IllegalArgumentException when a number is negative or the content longer than any
   *     object
   */
  public StoredObject {
    if (backupNumber < 0 || contentBytes < 0 || contentBytes > MAX_CONTENT_BYTES) {
      throw new IllegalArgumentException("no object has such a number or length");
    }
  }

  /** The length of the sealed object in bytes, padding, tags and header included. */
  public long sealedBytes() {
    return ChunkArithmetic.sealedLength(PaddingArithmetic.paddedLength(contentBytes));
  }
}
