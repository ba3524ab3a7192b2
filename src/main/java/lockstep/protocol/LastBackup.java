package lockstep.protocol;

import lockstep.backup.ObjectId;
import lockstep.trace.Implements;
import lockstep.wire.Bytes;

/**
 * The newest backup that this device made or restored.
 *
 * @param number the backup's, from 1
 * @param headId object id of its head: another one there is another device's
 * @param manifestDigest SHA-256 of its sealed manifest, 32 bytes
 */
@Implements({"BAK-2~1", "BAK-10~1"})
public record LastBackup(long number, ObjectId headId, Bytes manifestDigest) {

  /**
   * A backup.
   *
   * @throws IllegalArgumentException for a number below 1 or another length of digest
   */
  public LastBackup {
    manifestDigest.requireLength(FreshnessMark.DIGEST_BYTES);
    if (number < 1) {
      throw new IllegalArgumentException("backup numbers begin at 1");
    }
  }

  /** The mark that says this backup is the newest. */
  public FreshnessMark mark() {
    return new FreshnessMark(number, manifestDigest);
  }
}
