package lockstep.device.rotation;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.NewRecoveryKey;
import lockstep.device.vault.ConversationEnded;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultConnection;
import lockstep.secret.Password;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * A new root key for the same backup.
 *
 * <p>The order is: journal, a complete set under the new key, its head, then the step that puts the
 * new key in force (the vault's activation, or the user's confirmation), then the device, then the
 * removal of the old set. Run again after a crash anywhere, it asks first whether that step was
 * taken.
 */
@Decides({"ROT-1~3", "ROT-2"})
@Implements("ROT-3~2")
public final class KeyRotation {

  private final Device device;
  private final RotatedSets sets;
  private @Nullable KeyRotationOutcome afterConfirmation;

  /** Rotates the key of that device's backups. */
  public KeyRotation(Device device, BackupStorage storage, BackupNotes notes) {
    this(device, storage, notes, false);
  }

  /** {@code dropsDamaged} where the user gives up earlier backups that are damaged. */
  @Implements("ROT-6")
  public KeyRotation(
      Device device, BackupStorage storage, BackupNotes notes, boolean dropsDamaged) {
    this.device = device;
    this.sets = new RotatedSets(device, storage, notes, dropsDamaged);
  }

  /**
   * Whether a rotation was interrupted that may have taken effect: a backup made now could go to a
   * set that the rotation is about to remove.
   */
  @Decides("ROT-5")
  public static boolean blocksBackup(Device device) throws IOException {
    Optional<RotationJournal> found = RotationJournal.recall(device);
    Optional<EnabledDevice> enabled = device.enabled();
    try {
      return found.flatMap(RotationJournal::stage).isPresent()
          && enabled.filter(known -> !known.rootKey().isEqualTo(found.get().newKey())).isPresent();
    } finally {
      found.ifPresent(RotationJournal::close);
      enabled.ifPresent(EnabledDevice::close);
    }
  }

  /**
   * Rotates in password mode; the password stays the same, and the caller's to close.
   *
   * @throws IOException when the device's own state fails; run again
   */
  public KeyRotationOutcome rotate(VaultConnection vault, Password password, Progress progress)
      throws IOException {
    Optional<EnabledDevice> found = device.enabled();
    if (found.isEmpty()) {
      return new KeyRotationOutcome.NotEnabled();
    }
    try (EnabledDevice enabled = found.get()) {
      if (enabled.vault().isEmpty()) {
        return new KeyRotationOutcome.NotEnabled();
      }
      Optional<KeyRotationOutcome> leftover = sets.removeOldIfSwitched(enabled);
      if (leftover.isPresent()) {
        return leftover.get();
      }
      return new VaultRotation(device, vault, sets, enabled).run(password, progress);
    } catch (ConversationEnded ended) {
      return new KeyRotationOutcome.NotUnlocked(new UnlockOutcome.VaultFailed(ended.failure()));
    }
  }

  /**
   * Rotates in key mode: makes the new set, and gives the new 64-digit key to be confirmed. The
   * device and its lock stay in use until then.
   *
   * @throws IOException when the device's own state fails; run again
   */
  @Implements({"ROT-1~3", "ENR-4"})
  public KeyRotationOutcome rotateRecoveryKey(Progress progress) throws IOException {
    Optional<EnabledDevice> found = device.enabled();
    if (found.isEmpty()) {
      return new KeyRotationOutcome.NotEnabled();
    }
    try (EnabledDevice enabled = found.get()) {
      if (enabled.vault().isPresent()) {
        return new KeyRotationOutcome.NotEnabled();
      }
      Optional<KeyRotationOutcome> leftover = sets.removeOldIfSwitched(enabled);
      if (leftover.isPresent()) {
        return leftover.get();
      }
      try (RotationJournal journal = sets.begin(enabled)) {
        Freshness known =
            Freshness.of(
                enabled.floor().map(FreshnessMark::backup),
                Optional.empty(),
                Freshness.Word.NO_VAULT);
        RotatedSets.Copy copy = sets.copy(enabled, journal, known, progress);
        if (copy.failure().isPresent()) {
          return copy.failure().get();
        }
        return new KeyRotationOutcome.KeyToConfirm(
            new NewRecoveryKey(journal.newKey().duplicate(), device.random(), this::confirmed));
      }
    }
  }

  /**
   * What came of it once the user held the new key; empty before that. Only {@code Rotated} says
   * that the old key opens nothing any more.
   */
  @Implements("ROT-1~3")
  public Optional<KeyRotationOutcome> afterConfirmation() {
    return Optional.ofNullable(afterConfirmation);
  }

  /** The user holds the new key: from here on it is the one in force. */
  @Implements("ROT-1~3")
  private void confirmed() throws IOException {
    try (EnabledDevice enabled = device.enabled().orElseThrow();
        RotationJournal journal = RotationJournal.recall(device).orElseThrow()) {
      Optional<KeyRotationOutcome> overtaken = sets.overtaken(enabled, journal);
      if (overtaken.isPresent()) {
        afterConfirmation = overtaken.get();
        return;
      }
      sets.switchDevice(enabled, journal, Optional.empty());
      afterConfirmation = sets.removeOld(enabled, journal);
    }
  }
}
