package lockstep.device.state;

import lockstep.backup.store.BackupMark;
import lockstep.format.SealedDigest;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;

/**
 * What the vault remembers of the newest backup.
 *
 * @param backupNumber from 1
 * @param manifestDigest SHA-256 of its sealed manifest, 32 bytes
 */
@Implements({"MRK-1", "RST-6~2"})
public record FreshnessMark(long backupNumber, Bytes manifestDigest) {

  /** Bytes of a digest. */
  public static final int DIGEST_BYTES = 32;

  /**
   * A mark.
   *
   * @throws IllegalArgumentException for a number below 1 or another length of digest
   */
  public FreshnessMark {
    manifestDigest.requireLength(DIGEST_BYTES);
    if (backupNumber < 1) {
      throw new IllegalArgumentException("backup numbers begin at 1");
    }
  }

  /** The mark that says this backup is the newest. */
  public static FreshnessMark of(BackupMark backup) {
    return new FreshnessMark(backup.backupNumber(), Bytes.copyOf(backup.manifestDigest().bytes()));
  }

  /** The backup that this mark says is the newest. */
  public BackupMark backup() {
    return new BackupMark(backupNumber, SealedDigest.of(manifestDigest.toArray()));
  }
}
