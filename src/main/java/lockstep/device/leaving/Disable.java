package lockstep.device.leaving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.backup.store.SetCopy;
import lockstep.device.notices.Notices;
import lockstep.device.rotation.RotationKeys;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.vault.ConversationEnded;
import lockstep.device.vault.SigningKey;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultConversation;
import lockstep.device.vault.VaultFailure;
import lockstep.format.BackupKeys;
import lockstep.format.SetName;
import lockstep.keys.RootKey;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/**
 * Switching backups off: the vault's record, then the provider's objects if the user wants that,
 * then the device's state. Run again after a crash anywhere, it goes on.
 */
@Decides({"DIS-1~2", "DIS-2"})
public final class Disable {

  /** In this order: until DISABLE is erased, a rerun still finds where the provider is. */
  private static final List<DeviceSlot> STATE =
      List.of(
          DeviceSlot.DIARY,
          DeviceSlot.RETENTION,
          DeviceSlot.REHEARSAL,
          DeviceSlot.ENROLMENT,
          DeviceSlot.PASSWORD_CHANGE,
          DeviceSlot.KEY_ROTATION,
          DeviceSlot.ENABLED_DEVICE,
          DeviceSlot.KNOWN_VAULT,
          DeviceSlot.DISABLE,
          DeviceSlot.PLACES);

  private final Device device;
  private final Optional<VaultConnection> vault;
  private final BackupStorage storage;
  private final BackupNotes notes;

  /** {@code vault} is empty in key mode. */
  public Disable(
      Device device, Optional<VaultConnection> vault, BackupStorage storage, BackupNotes notes) {
    this.device = device;
    this.vault = vault;
    this.storage = storage;
    this.notes = notes;
  }

  /**
   * Disables backups.
   *
   * @param deleteBackup whether the provider's objects go too
   * @throws IOException when the device's own state fails; run again
   */
  public DisableOutcome disable(boolean deleteBackup) throws IOException {
    Optional<DisableJournal> begun = DisableJournal.recall(device);
    if (begun.isPresent()) {
      return erase(begun.get());
    }
    Optional<EnabledDevice> found = device.enabled();
    if (found.isEmpty()) {
      return new DisableOutcome.NotEnabled();
    }
    try (EnabledDevice enabled = found.get();
        RotationKeys keys = RotationKeys.of(device, enabled)) {
      if (enabled.vault().isPresent()) {
        eraseRecord(enabled.account(), keys);
      }
      DisableJournal journal = new DisableJournal(setsOf(enabled.account(), keys), deleteBackup);
      journal.remember(device, enabled.account());
      return erase(journal);
    } catch (ConversationEnded ended) {
      return new DisableOutcome.VaultFailed(ended.failure());
    }
  }

  @Implements("LEA-1")
  private void eraseRecord(AccountName account, RotationKeys keys)
      throws IOException, ConversationEnded {
    if (vault.isEmpty()) {
      throw new ConversationEnded(new VaultFailure.Unavailable());
    }
    VaultConversation conversation = VaultConversation.begin(device, vault.get(), account);
    for (RootKey rootKey : keys.all()) {
      try (SigningKey commandKey = SigningKey.commandKey(rootKey)) {
        Optional<Reply.StatusReport> ours = conversation.ours(commandKey);
        if (ours.isPresent()) {
          erase(conversation, ours.get(), commandKey);
          return;
        }
      }
    }
  }

  private static void erase(
      VaultConversation conversation, Reply.StatusReport ours, SigningKey commandKey)
      throws IOException, ConversationEnded {
    if (ours.record() != Reply.RecordState.ACTIVE) {
      return;
    }
    Reply reply =
        conversation.send(
            authority -> new Request.Disable(conversation.account(), authority),
            commandKey.forCommands(conversation.vaultId()));
    if (reply instanceof Reply.Disabled || reply instanceof Refusal.Destroyed) {
      return;
    }
    // Refused where an earlier copy of the message was carried out: then the vault says so.
    boolean gone =
        reply instanceof Refusal.Refused
            && conversation
                .ours(commandKey)
                .filter(report -> report.record() == Reply.RecordState.ACTIVE)
                .isEmpty();
    if (!gone) {
      throw new ConversationEnded(new VaultFailure.Unavailable());
    }
  }

  private DisableOutcome erase(DisableJournal journal) throws IOException {
    try {
      for (SetName set : journal.sets()) {
        if (journal.deleteBackup()) {
          SetCopy.remove(storage, set);
        }
        notes.eraseAll(set);
      }
    } catch (ProviderUnavailable unavailable) {
      return new DisableOutcome.ProviderFailed(String.valueOf(unavailable.getMessage()));
    }
    // What is not told yet stays until it is.
    new Notices(device).forgetAccount();
    for (DeviceSlot slot : STATE) {
      device.erase(slot);
    }
    return new DisableOutcome.Disabled();
  }

  private static List<SetName> setsOf(AccountName account, RotationKeys keys) {
    List<SetName> sets = new ArrayList<>();
    for (RootKey rootKey : keys.all()) {
      try (BackupKeys backupKeys = BackupKeys.derive(rootKey, account.utf8())) {
        sets.add(backupKeys.setName());
      }
    }
    return sets;
  }
}
