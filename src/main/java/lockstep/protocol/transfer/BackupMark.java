package lockstep.protocol.transfer;

import lockstep.backup.SealedDigest;
import lockstep.backup.StoredObject;
import lockstep.trace.Implements;

/**
 * What tells one backup from every other: its number and the SHA-256 of its sealed manifest.
 *
 * @param backupNumber from 1
 */
@Implements({"BAK-2~1", "RST-6~1"})
public record BackupMark(long backupNumber, SealedDigest manifestDigest) {

  static BackupMark of(StoredObject manifest) {
    return new BackupMark(manifest.backupNumber(), manifest.digest());
  }
}
