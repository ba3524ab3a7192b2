package lockstep.device.rotation;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.backup.store.SetCopy;
import lockstep.backup.store.ShownHead;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.Retention;
import lockstep.device.state.VaultBinding;
import lockstep.format.BackupKeys;
import lockstep.keys.RootKey;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** The old and the new set of a rotation, and the device's step from one to the other. */
@Decides("ROT-4")
@Implements({"ROT-1~3", "ROT-2"})
final class RotatedSets {

  private final Device device;
  private final BackupStorage storage;
  private final BackupNotes notes;
  private final boolean dropsDamaged;

  RotatedSets(Device device, BackupStorage storage, BackupNotes notes, boolean dropsDamaged) {
    this.device = device;
    this.storage = storage;
    this.notes = notes;
    this.dropsDamaged = dropsDamaged;
  }

  /**
   * The new set's backup, or why there is none; both empty when there was nothing to copy.
   *
   * @param from the number of the old set's backup that it is a copy of
   */
  record Copy(Optional<FreshnessMark> mark, long from, Optional<KeyRotationOutcome> failure) {}

  /** The journal of this rotation, with the new key of an interrupted one; the caller closes it. */
  @Implements("ROT-3~2")
  RotationJournal begin(EnabledDevice enabled) throws IOException {
    Optional<RotationJournal> interrupted = RotationJournal.recall(device);
    if (interrupted.isPresent()) {
      return interrupted.get();
    }
    try (BackupKeys old = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8())) {
      RotationJournal journal =
          new RotationJournal(
              enabled.account(),
              RootKey.random(device.random()),
              old.setName(),
              Optional.empty(),
              0,
              Optional.empty());
      journal.remember(device);
      return journal;
    }
  }

  /** Seals the kept backups again under the new key, and journals that it stands. */
  @Implements({"ROT-1~3", "RST-12", "ROT-6"})
  Copy copy(EnabledDevice enabled, RotationJournal journal, Freshness freshness, Progress progress)
      throws IOException {
    try (RotationJournal uncopied = journal.withCopy(Optional.empty(), 0);
        BackupKeys from = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8());
        BackupKeys to = BackupKeys.derive(journal.newKey(), enabled.account().utf8())) {
      uncopied.remember(device);
      SetCopy.Outcome outcome =
          new SetCopy(storage, device.random(), dropsDamaged)
              .copy(from, to, freshness, keep(), progress);
      Optional<KeyRotationOutcome> failure = failure(outcome);
      if (failure.isPresent()) {
        return new Copy(Optional.empty(), 0, failure);
      }
      Optional<FreshnessMark> mark = Optional.empty();
      long copied = 0;
      if (outcome instanceof SetCopy.Outcome.Copied made) {
        mark = Optional.of(FreshnessMark.of(made.mark()));
        copied = made.from();
      }
      try (RotationJournal stands = journal.withCopy(mark, copied)) {
        stands.remember(device);
      }
      return new Copy(mark, copied, Optional.empty());
    }
  }

  /** All that stand, where the user never said how many are kept. */
  @Implements({"ROT-6", "BAK-43"})
  private int keep() throws IOException {
    return Retention.recall(device).orElse(Integer.MAX_VALUE);
  }

  private static Optional<KeyRotationOutcome> failure(SetCopy.Outcome outcome) {
    if (outcome instanceof SetCopy.Outcome.Damaged damaged) {
      return Optional.of(new KeyRotationOutcome.Damaged(damaged.objectName()));
    }
    if (outcome instanceof SetCopy.Outcome.Older older) {
      return Optional.of(
          new KeyRotationOutcome.OlderBackup(
              older.found().mark().backupNumber(), older.floorNumber()));
    }
    if (outcome instanceof SetCopy.Outcome.Gone gone) {
      return Optional.of(new KeyRotationOutcome.BackupGone(gone.floorNumber()));
    }
    if (outcome instanceof SetCopy.Outcome.NumbersUsedUp) {
      return Optional.of(new KeyRotationOutcome.NumbersUsedUp());
    }
    return outcome instanceof SetCopy.Outcome.ProviderFailed provider
        ? Optional.of(new KeyRotationOutcome.ProviderFailed(provider.reason()))
        : Optional.empty();
  }

  /**
   * Why the old set cannot go yet: it holds a newer backup than the one that was copied, or
   * something in a newer one's place that may be one tomorrow, or nobody can say. A provider that
   * shows none now has shown one a moment ago: that is found out when the old set is to be removed.
   */
  @Implements("ROT-1~3")
  Optional<KeyRotationOutcome> overtaken(EnabledDevice enabled, RotationJournal journal) {
    try (BackupKeys from = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8())) {
      return ShownHead.isAbove(storage, from, journal.copiedFrom(), !dropsDamaged)
          ? Optional.of(new KeyRotationOutcome.Overtaken())
          : Optional.empty();
    } catch (ProviderUnavailable unavailable) {
      return Optional.of(
          new KeyRotationOutcome.ProviderFailed(String.valueOf(unavailable.getMessage())));
    }
  }

  /** Puts the new key in force on the device; may be done again. */
  void switchDevice(EnabledDevice enabled, RotationJournal journal, Optional<VaultBinding> binding)
      throws IOException {
    if (journal.stage().isPresent()) {
      journal.stage().get().remember(device, enabled.account());
    }
    device.erase(DeviceSlot.PASSWORD_CHANGE);
    try (EnabledDevice rotated = enabled.rotated(journal.newKey(), binding, journal.copy())) {
      device.record(rotated);
    }
  }

  /**
   * Removes what the old key sealed; the journal goes last. A folder that does not show the new
   * backup is not the provider's, and what is gone from it may stand elsewhere.
   */
  @Implements("ROT-1~3")
  KeyRotationOutcome removeOld(EnabledDevice switched, RotationJournal journal) throws IOException {
    try (BackupKeys now = BackupKeys.derive(journal.newKey(), switched.account().utf8())) {
      boolean isCopied = journal.copy().isPresent() || !storage.heads(journal.oldSet()).isEmpty();
      if (isCopied && !ShownHead.isThere(storage, now)) {
        return new KeyRotationOutcome.OldSetRemains("the new backup is not shown there");
      }
      SetCopy.remove(storage, journal.oldSet());
    } catch (ProviderUnavailable unavailable) {
      return new KeyRotationOutcome.OldSetRemains(String.valueOf(unavailable.getMessage()));
    }
    notes.eraseAll(journal.oldSet());
    device.erase(DeviceSlot.KEY_ROTATION);
    return new KeyRotationOutcome.Rotated();
  }

  /** Finishes a rotation of which only the removal is left. */
  @Implements("ROT-3~2")
  Optional<KeyRotationOutcome> removeOldIfSwitched(EnabledDevice enabled) throws IOException {
    Optional<RotationJournal> found = RotationJournal.recall(device);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (RotationJournal journal = found.get()) {
      return journal.newKey().isEqualTo(enabled.rootKey())
          ? Optional.of(removeOld(enabled, journal))
          : Optional.empty();
    }
  }
}
