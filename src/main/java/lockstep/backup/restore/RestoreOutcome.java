package lockstep.backup.restore;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.backup.store.RestoredBackup;
import lockstep.format.ObjectName;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * How a restore ended. Anything but {@link Restored} and {@link NotAllMoved} leaves nothing under a
 * final name.
 */
@Implements({
  "RST-1", "RST-2~2", "RST-5", "RST-6~2", "RST-7", "RST-13", "PRV-4~2", "RST-20", "RST-21"
})
public sealed interface RestoreOutcome {

  /**
   * The target holds the backup.
   *
   * @param backup what is restored of it
   * @param shortfalls what is not restored, or not as it was
   * @param unnamed how many there are beyond those
   * @param damaged the objects that were found damaged
   * @param synced whether the target's file system says that everything is on its disk
   * @param isPart whether it is a part of what the account has backed up: a part of the backup
   *     (RST-31), or one that was not the newest (RST-40)
   */
  record Restored(
      RestoredBackup backup,
      List<Shortfall> shortfalls,
      long unnamed,
      List<ObjectName> damaged,
      boolean synced,
      boolean isPart)
      implements RestoreOutcome {

    /** The lists unchangeable. */
    public Restored {
      shortfalls = List.copyOf(shortfalls);
      damaged = List.copyOf(damaged);
    }

    /** All of a backup, as it was. */
    public Restored(RestoredBackup backup) {
      this(backup, List.of(), 0, List.of(), true, false);
    }

    /** The same, as a part of the backup or as all of it. */
    Restored asPart(boolean part) {
      return new Restored(backup, shortfalls, unnamed, damaged, synced, part);
    }
  }

  /** The provider holds no head for this key and account. */
  record NoBackup() implements RestoreOutcome {}

  /** The provider shows no backup of the number asked for, only those in {@code shown}. */
  record NoSuchBackup(long number, List<Long> shown) implements RestoreOutcome {

    /** The numbers unchangeable. */
    public NoSuchBackup {
      shown = List.copyOf(shown);
    }
  }

  /** An object is missing, changed, or not of this backup. */
  record Damaged(String objectName) implements RestoreOutcome {}

  /** The provider holds no head, though backup {@code floorNumber} is known of. */
  record BackupGone(long floorNumber) implements RestoreOutcome {}

  /** The provider's backup is older than one that the vault or the device knows of. */
  record OlderBackup(RestoredBackup found, long floorNumber) implements RestoreOutcome {}

  /** The vault has no word on whether there is a newer one, and it is not the device's own. */
  record Unchecked(RestoredBackup found) implements RestoreOutcome {}

  /** The target folds case, and two names differ in case only. */
  record CaseCollision(String one, String other) implements RestoreOutcome {}

  /** The tree is whole on the target's disk, and only some of it has its final name. */
  record NotAllMoved(String reason) implements RestoreOutcome {}

  /** The target took nothing of the backup, for that reason. */
  record TargetRefused(String reason) implements RestoreOutcome {}

  /** The target is something, and not an empty directory. */
  record TargetNotEmpty() implements RestoreOutcome {}

  /** The backup holds nothing of what alone was to be restored. */
  record NothingChosen() implements RestoreOutcome {}

  /** The target's disk is full. */
  record TargetIsFull() implements RestoreOutcome {}

  /** The provider is missing or failed. */
  record ProviderFailed(String reason) implements RestoreOutcome {}

  /** One function for each case. */
  record Cases<R extends @Nullable Object>(
      Function<Restored, R> restored,
      Supplier<R> noBackup,
      Function<NoSuchBackup, R> noSuchBackup,
      Function<BackupGone, R> backupGone,
      Function<Damaged, R> damaged,
      Function<OlderBackup, R> olderBackup,
      Function<Unchecked, R> unchecked,
      Function<CaseCollision, R> caseCollision,
      Function<NotAllMoved, R> notAllMoved,
      Function<TargetRefused, R> targetRefused,
      Supplier<R> targetNotEmpty,
      Supplier<R> nothingChosen,
      Supplier<R> targetIsFull,
      Function<ProviderFailed, R> providerFailed) {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(Cases<R> cases) {
    if (this instanceof Restored outcome) {
      return cases.restored().apply(outcome);
    }
    if (this instanceof NoBackup) {
      return cases.noBackup().get();
    }
    if (this instanceof NoSuchBackup outcome) {
      return cases.noSuchBackup().apply(outcome);
    }
    if (this instanceof BackupGone outcome) {
      return cases.backupGone().apply(outcome);
    }
    if (this instanceof Damaged outcome) {
      return cases.damaged().apply(outcome);
    }
    if (this instanceof OlderBackup outcome) {
      return cases.olderBackup().apply(outcome);
    }
    if (this instanceof Unchecked outcome) {
      return cases.unchecked().apply(outcome);
    }
    if (this instanceof CaseCollision outcome) {
      return cases.caseCollision().apply(outcome);
    }
    if (this instanceof NotAllMoved outcome) {
      return cases.notAllMoved().apply(outcome);
    }
    if (this instanceof TargetRefused outcome) {
      return cases.targetRefused().apply(outcome);
    }
    if (this instanceof TargetNotEmpty) {
      return cases.targetNotEmpty().get();
    }
    return this instanceof ProviderFailed outcome
        ? cases.providerFailed().apply(outcome)
        : (this instanceof NothingChosen ? cases.nothingChosen() : cases.targetIsFull()).get();
  }
}
