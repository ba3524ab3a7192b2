package lockstep.backup.restore;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.backup.store.RestoredBackup;
import lockstep.format.ObjectName;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** How a verification ended. */
@Implements({"RST-10", "RST-13"})
public sealed interface VerificationOutcome {

  /** A restore would find everything. */
  record Intact(RestoredBackup backup, long objects) implements VerificationOutcome {}

  /** The provider holds no head for this key and account. */
  record NoBackup() implements VerificationOutcome {}

  /** The provider shows no backup of the number asked for, only those in {@code shown}. */
  record NoSuchBackup(long number, List<Long> shown) implements VerificationOutcome {

    /** The numbers unchangeable. */
    public NoSuchBackup {
      shown = List.copyOf(shown);
    }
  }

  /**
   * Objects are missing, changed, or not of this backup.
   *
   * @param objectName the first of them
   * @param objects all that were found, for the device to note; none where it is the head
   */
  record Damaged(String objectName, List<ObjectName> objects) implements VerificationOutcome {

    /** The objects in an unchangeable list. */
    public Damaged {
      objects = List.copyOf(objects);
    }
  }

  /** The provider holds no head, though backup {@code floorNumber} is known of. */
  record BackupGone(long floorNumber) implements VerificationOutcome {}

  /** All is whole, and older than a backup that the vault or the device knows of. */
  record OlderBackup(RestoredBackup found, long floorNumber) implements VerificationOutcome {}

  /** All is whole, and the vault has no word on whether there is a newer one. */
  record Unchecked(RestoredBackup found) implements VerificationOutcome {}

  /** The provider is missing or failed. */
  record ProviderFailed(String reason) implements VerificationOutcome {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<Intact, R> intact,
      Supplier<R> noBackup,
      Function<NoSuchBackup, R> noSuchBackup,
      Function<BackupGone, R> backupGone,
      Function<Damaged, R> damaged,
      Function<OlderBackup, R> olderBackup,
      Function<Unchecked, R> unchecked,
      Function<ProviderFailed, R> providerFailed) {
    if (this instanceof Intact outcome) {
      return intact.apply(outcome);
    }
    if (this instanceof NoSuchBackup outcome) {
      return noSuchBackup.apply(outcome);
    }
    if (this instanceof BackupGone outcome) {
      return backupGone.apply(outcome);
    }
    if (this instanceof Unchecked outcome) {
      return unchecked.apply(outcome);
    }
    if (this instanceof Damaged outcome) {
      return damaged.apply(outcome);
    }
    if (this instanceof OlderBackup outcome) {
      return olderBackup.apply(outcome);
    }
    return this instanceof ProviderFailed outcome ? providerFailed.apply(outcome) : noBackup.get();
  }
}
