package lockstep.device.rotation;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.backup.store.SetCopy;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.VaultBinding;
import lockstep.format.BackupKeys;
import lockstep.keys.RootKey;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** The old and the new set of a rotation, and the device's step from one to the other. */
@Decides("ROT-4~1")
@Implements({"ROT-1~1", "ROT-2~1"})
final class RotatedSets {

  private final Device device;
  private final BackupStorage storage;
  private final BackupNotes notes;

  RotatedSets(Device device, BackupStorage storage, BackupNotes notes) {
    this.device = device;
    this.storage = storage;
    this.notes = notes;
  }

  /** The new set's backup, or why there is none; both empty when there was nothing to copy. */
  record Copy(Optional<FreshnessMark> mark, Optional<KeyRotationOutcome> failure) {}

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
              Optional.empty());
      journal.remember(device);
      return journal;
    }
  }

  /** Seals the newest backup again under the new key, and journals that it stands. */
  @Implements("ROT-1~1")
  Copy copy(EnabledDevice enabled, RotationJournal journal, Progress progress) throws IOException {
    try (RotationJournal unstaged = journal.withCopy(Optional.empty());
        BackupKeys from = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8());
        BackupKeys to = BackupKeys.derive(journal.newKey(), enabled.account().utf8())) {
      unstaged.remember(device);
      SetCopy.Outcome outcome = new SetCopy(storage, device.random()).copy(from, to, progress);
      if (outcome instanceof SetCopy.Outcome.Damaged damaged) {
        return failed(new KeyRotationOutcome.Damaged(damaged.objectName()));
      }
      if (outcome instanceof SetCopy.Outcome.ProviderFailed provider) {
        return failed(new KeyRotationOutcome.ProviderFailed(provider.reason()));
      }
      Optional<FreshnessMark> mark =
          outcome instanceof SetCopy.Outcome.Copied copied
              ? Optional.of(FreshnessMark.of(copied.mark()))
              : Optional.empty();
      try (RotationJournal stands = journal.withCopy(mark)) {
        stands.remember(device);
      }
      return new Copy(mark, Optional.empty());
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

  /** Removes what the old key sealed; the journal goes last. */
  KeyRotationOutcome removeOld(RotationJournal journal) throws IOException {
    try {
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
          ? Optional.of(removeOld(journal))
          : Optional.empty();
    }
  }

  private static Copy failed(KeyRotationOutcome why) {
    return new Copy(Optional.empty(), Optional.of(why));
  }
}
