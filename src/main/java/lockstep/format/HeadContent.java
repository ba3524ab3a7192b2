package lockstep.format;

import java.time.Instant;
import lockstep.spec.Implements;

/**
 * What a head says: which backup is the newest, and where its manifest is.
 *
 * @param createdAt to the millisecond; finer is dropped
 * @param manifest made by the same backup as the head
 */
@Implements("HED-2")
public record HeadContent(Instant createdAt, StoredObject manifest) {

  /**
   * A head's content.
   *
   * @throws IllegalArgumentException for a time before 1970
   */
  public HeadContent {
    createdAt = Instant.ofEpochMilli(createdAt.toEpochMilli());
    if (createdAt.toEpochMilli() < 0) {
      throw new IllegalArgumentException("a backup is not made before 1970");
    }
  }

  /** The backup's number. */
  public long backupNumber() {
    return manifest.backupNumber();
  }
}
