package lockstep.format;

import java.time.Instant;
import java.util.Optional;
import lockstep.spec.Implements;

/**
 * What a manifest says of its backup.
 *
 * @param createdAt to the millisecond; finer is dropped
 * @param previous the manifest before this one, where there is one: enough to find it at the
 *     provider and to check it
 */
@Implements("MAN-1~2")
public record ManifestHeader(
    long backupNumber, Instant createdAt, Optional<StoredObject> previous) {

  /** How many objects a manifest refers to at most, and how many segments a file has at most. */
  public static final int MAX_OBJECTS = 262_144;

  static final int MAGIC = 0x4c534d31;

  /**
   * A manifest's header.
   *
   * @throws IllegalArgumentException for a negative number or a time before 1970
   */
  public ManifestHeader {
    createdAt = Instant.ofEpochMilli(createdAt.toEpochMilli());
    if (backupNumber < 0 || createdAt.toEpochMilli() < 0) {
      throw new IllegalArgumentException("no backup has such a number or time");
    }
  }
}
