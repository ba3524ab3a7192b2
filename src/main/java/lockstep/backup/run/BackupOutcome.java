package lockstep.backup.run;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.backup.store.BackupMark;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** How a backup ended. Anything but {@link Done} leaves the old backup whole. */
@Implements({"BAK-7~3", "BAK-9~2", "BAK-10~3", "BAK-12~2", "BAK-16~2", "PRV-4~2"})
public sealed interface BackupOutcome {

  /**
   * The new backup stands.
   *
   * @param omissions what is not in it, or not as it was listed
   * @param unnamedOmissions how many there are beyond those
   * @param leftoversRemain whether the provider failed while old objects were removed; the next
   *     backup removes them
   * @param isNoted whether the device could note it; otherwise the next backup finds its head
   */
  record Done(
      BackupMark mark,
      Instant createdAt,
      Stats stats,
      List<Omission> omissions,
      long unnamedOmissions,
      MarkSetter.Result markResult,
      boolean leftoversRemain,
      boolean isNoted)
      implements BackupOutcome {}

  /** The head at the provider is another device's; nothing was written. */
  record AnotherDevice(long backupNumber, Instant createdAt) implements BackupOutcome {}

  /** The head at the provider is older than a backup that is known of; nothing was written. */
  record OlderBackup(long backupNumber, Instant createdAt, long floorNumber)
      implements BackupOutcome {}

  /** There is no head, though backup {@code floorNumber} is known of; nothing was written. */
  record BackupGone(long floorNumber) implements BackupOutcome {}

  /** There is no number above the highest that is known of; nothing was written. */
  record NumbersUsedUp() implements BackupOutcome {}

  /** The source takes more objects than a backup has; the backup that stands is whole. */
  @Implements("BAK-53")
  record TooManyObjects() implements BackupOutcome {}

  /** The head at the provider does not open; nothing was written. */
  record Damaged(String objectName) implements BackupOutcome {}

  /**
   * The source is not what it was, and the user is to be asked; the backup that stands is whole.
   */
  record SourceChanged(SourceChange change) implements BackupOutcome {}

  /** The source cannot be listed; nothing was written. */
  record SourceCannotBeListed() implements BackupOutcome {}

  /** The provider is missing, full, or failed. */
  record ProviderFailed(String reason) implements BackupOutcome {}

  /**
   * What a backup holds and what it took.
   *
   * @param files regular files in the backup
   * @param directories directories in the backup
   * @param links symbolic links in the backup
   * @param fileBytes the sum of the files' lengths
   * @param filesUploaded files whose content this run uploaded, in whole or in part
   * @param bytesUploaded the bytes of files that this run uploaded
   * @param objectsUploaded the data objects that this run made
   */
  record Stats(
      long files,
      long directories,
      long links,
      long fileBytes,
      long filesUploaded,
      long bytesUploaded,
      long objectsUploaded) {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<Done, R> done,
      Function<AnotherDevice, R> anotherDevice,
      Function<OlderBackup, R> olderBackup,
      Function<BackupGone, R> backupGone,
      Supplier<R> numbersUsedUp,
      Supplier<R> tooManyObjects,
      Function<Damaged, R> damaged,
      Function<SourceChanged, R> sourceChanged,
      Supplier<R> sourceCannotBeListed,
      Function<ProviderFailed, R> providerFailed) {
    if (this instanceof Done outcome) {
      return done.apply(outcome);
    }
    if (this instanceof AnotherDevice outcome) {
      return anotherDevice.apply(outcome);
    }
    if (this instanceof OlderBackup outcome) {
      return olderBackup.apply(outcome);
    }
    if (this instanceof BackupGone outcome) {
      return backupGone.apply(outcome);
    }
    if (this instanceof NumbersUsedUp) {
      return numbersUsedUp.get();
    }
    if (this instanceof TooManyObjects) {
      return tooManyObjects.get();
    }
    if (this instanceof Damaged outcome) {
      return damaged.apply(outcome);
    }
    if (this instanceof SourceChanged outcome) {
      return sourceChanged.apply(outcome);
    }
    return this instanceof ProviderFailed outcome
        ? providerFailed.apply(outcome)
        : sourceCannotBeListed.get();
  }
}
