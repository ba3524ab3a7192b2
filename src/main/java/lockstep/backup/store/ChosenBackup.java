package lockstep.backup.store;

import java.io.IOException;
import java.util.Optional;
import lockstep.format.BackupKeys;
import lockstep.format.HeadContent;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Decides which backup at the provider may be read, and is the only place that does: for a restore,
 * a verification and a rotation alike.
 */
@Decides({"RST-6~2", "RST-13"})
@Implements({"RST-12", "BAK-12~2"})
public sealed interface ChosenBackup {

  /** That head's backup is the newest that anybody told of. */
  record Taken(HeadContent head, StoredBackup backup) implements ChosenBackup {}

  /** The head is older than a backup that is known of. */
  record Older(HeadContent head, StoredBackup backup, long floorNumber) implements ChosenBackup {}

  /** Nobody who would know says whether there is a newer one. */
  record Unchecked(HeadContent head, StoredBackup backup) implements ChosenBackup {}

  /** There is no head, and nobody knows of a backup. */
  record None() implements ChosenBackup {}

  /** There is no head, though a backup is known of. */
  record Gone(long floorNumber) implements ChosenBackup {}

  /** What lies in the head's place does not open. */
  record Damaged(String objectName) implements ChosenBackup {}

  /**
   * Chooses at that provider.
   *
   * @throws lockstep.format.DamagedBackup when digests differ or the chain does not reach the floor
   */
  static ChosenBackup choose(BackupStorage storage, BackupKeys keys, Freshness freshness)
      throws IOException {
    FoundHead found = FoundHead.read(storage, keys);
    if (found instanceof FoundHead.Damaged damaged) {
      return new Damaged(damaged.objectName());
    }
    if (!(found instanceof FoundHead.Opened opened)) {
      return freshness.floor().isEmpty() ? new None() : new Gone(freshness.floorNumber());
    }
    HeadContent head = opened.content();
    StoredBackup backup = new StoredBackup(storage, keys);
    if (head.backupNumber() < freshness.floorNumber()) {
      return freshness.olderAccepted()
          ? new Taken(head, backup)
          : new Older(head, backup, freshness.floorNumber());
    }
    if (freshness.floor().isPresent()) {
      requireChain(backup, head, freshness.floor().get());
    }
    return isVouchedFor(head, freshness) ? new Taken(head, backup) : new Unchecked(head, backup);
  }

  @Implements("RST-13")
  private static boolean isVouchedFor(HeadContent head, Freshness freshness) {
    return freshness.uncheckedAccepted()
        || switch (freshness.word()) {
          case HEARD, NO_VAULT -> true;
          case SILENT -> freshness.floor().equals(Optional.of(BackupMark.of(head.manifest())));
          case DISTRUSTED -> false;
        };
  }

  /** The floor's own backup, or one from which the chain of previous ones reaches it. */
  @Implements("RST-6~2")
  private static void requireChain(StoredBackup backup, HeadContent head, BackupMark floor)
      throws IOException {
    StoredObject current = head.manifest();
    while (current.backupNumber() > floor.backupNumber()) {
      Optional<StoredObject> previous = backup.headerOf(current).previous();
      if (previous.isEmpty() || previous.get().backupNumber() >= current.backupNumber()) {
        throw backup.damaged(current);
      }
      current = previous.get();
    }
    if (!BackupMark.of(current).equals(floor)) {
      throw backup.damaged(current);
    }
  }
}
