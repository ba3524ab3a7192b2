package lockstep.cli;

import lockstep.backup.SealedDigest;
import lockstep.protocol.FreshnessMark;
import lockstep.protocol.transfer.BackupMark;
import lockstep.wire.Bytes;

/** A mark as the vault is told of it, and as a backup run knows it. */
final class Marks {

  private Marks() {}

  static BackupMark transferred(FreshnessMark mark) {
    return new BackupMark(mark.backupNumber(), SealedDigest.of(mark.manifestDigest().toArray()));
  }

  static FreshnessMark told(BackupMark mark) {
    return new FreshnessMark(mark.backupNumber(), Bytes.copyOf(mark.manifestDigest().bytes()));
  }
}
