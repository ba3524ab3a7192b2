package lockstep.backup.store;

import java.io.IOException;
import java.util.Optional;
import lockstep.format.HeadContent;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;

/** Decides whether the backup that a head refers to is fresh enough. */
@Decides("RST-6~1")
public final class ChosenBackup {

  /** What the vault's mark says of a backup. */
  public enum Age {
    FRESH,
    OLDER
  }

  private final StoredBackup backup;

  public ChosenBackup(StoredBackup backup) {
    this.backup = backup;
  }

  /**
   * Compares with the mark and follows the chain where the backup is newer.
   *
   * @throws lockstep.format.DamagedBackup when digests differ or the chain does not reach the mark
   */
  public Age age(HeadContent head, Freshness freshness) throws IOException {
    if (freshness.mark().isEmpty()) {
      return Age.FRESH;
    }
    BackupMark mark = freshness.mark().get();
    if (head.backupNumber() < mark.backupNumber()) {
      return Age.OLDER;
    }
    StoredObject current = head.manifest();
    while (current.backupNumber() > mark.backupNumber()) {
      Optional<StoredObject> previous = backup.headerOf(current).previous();
      if (previous.isEmpty() || previous.get().backupNumber() >= current.backupNumber()) {
        throw backup.damaged(current);
      }
      current = previous.get();
    }
    if (!BackupMark.of(current).equals(mark)) {
      throw backup.damaged(current);
    }
    return Age.FRESH;
  }
}
