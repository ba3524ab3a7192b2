package lockstep.backup.store;

import lockstep.format.SealedDigest;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/**
 * What tells one backup from every other: its number and the SHA-256 of its sealed manifest.
 *
 * @param backupNumber from 1
 */
@Implements({"BAK-2~3", "RST-6~2"})
public record BackupMark(long backupNumber, SealedDigest manifestDigest) {

  public static BackupMark of(StoredObject manifest) {
    return new BackupMark(manifest.backupNumber(), manifest.digest());
  }
}
