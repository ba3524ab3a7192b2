package lockstep.cli;

import java.io.IOException;
import java.util.Optional;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.device.leaving.Disable;
import lockstep.device.leaving.DisableOutcome;
import lockstep.device.rotation.KeyRotation;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.format.BackupKeys;
import lockstep.spec.Implements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Turns end-to-end encrypted backup off. */
@Command(
    name = "disable",
    description = "Erase the vault's record and this device's key; the files stay.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Implements({"DIS-1~2", "DIS-2"})
final class DisableCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;

  @Option(
      names = "--delete-backup",
      description = "Delete the provider's objects, too; without it they stay, unreadable.")
  private boolean deleteBackup;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    try (OpenDevice open = OpenDevice.aloneAndEnabled(shared, surroundings)) {
      if (!open.device().isPending(DeviceSlot.DISABLE)) {
        open.enabled().close();
        Optional<Answer> declined = declined(surroundings);
        if (declined.isPresent()) {
          return declined.get();
        }
      }
      Places places = open.places();
      BackupStorage storage = surroundings.storage(places);
      if (deleteBackup && isNotShown(open, storage)) {
        return nothingToDelete();
      }
      Optional<OpenVault> vault =
          places.vault().map(place -> OpenVault.open(place, Optional.empty(), surroundings));
      try {
        DisableOutcome outcome =
            new Disable(
                    open.device(),
                    vault.map(OpenVault::connection),
                    storage,
                    new DirectoryNotes(open.notes(), surroundings.files()))
                .disable(deleteBackup);
        return answer(outcome, places, vault);
      } finally {
        if (vault.isPresent()) {
          vault.get().close();
        }
      }
    }
  }

  /** Whether the device knows of a backup of which this provider shows no head. */
  @Implements("DIS-4")
  private static boolean isNotShown(OpenDevice open, BackupStorage storage) throws IOException {
    if (open.device().isPending(DeviceSlot.DISABLE) || KeyRotation.blocksBackup(open.device())) {
      return false;
    }
    try (EnabledDevice enabled = open.enabled();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8())) {
      return enabled.floor().isPresent() && storage.heads(keys.setName()).isEmpty();
    } catch (ProviderUnavailable told) {
      return false; // the removal itself says why
    }
  }

  private static Answer nothingToDelete() {
    return Answer.refused(
            "The provider shows no backup of this account, though one was made: there is nothing to"
                + " delete in it.",
            "Nothing was erased. Look whether the drive is there and is the right one, and run the"
                + " command again. Without --delete-backup it disables backups, and whatever the"
                + " provider has stays.")
        .with("reason", "backupGone");
  }

  @Implements("CLI-1")
  private Optional<Answer> declined(Surroundings surroundings) {
    Optional<Boolean> confirmed =
        shared.confirmed(
            surroundings, "The backup can then not be restored with the password. Go on?");
    if (confirmed.isEmpty()) {
      return Optional.of(
          Answer.usage(
              "There is no terminal to ask on, and --yes is missing.",
              "Run the command again with --yes if you want backups disabled."));
    }
    return confirmed.get()
        ? Optional.empty()
        : Optional.of(
            Answer.refused("Backups stay enabled.", "Run the command again to disable them.")
                .with("reason", "declined"));
  }

  private static Answer answer(DisableOutcome outcome, Places places, Optional<OpenVault> vault) {
    return outcome.match(
        () ->
            Answer.done("Backups are disabled; the vault has nothing of this account any more.")
                .withDetail("The files on this device stay as they are.")
                .withDetail(
                    "A 64-digit key opens what may be left at the provider, or in copies of it."),
        OpenDevice::notEnabled,
        reason ->
            ProviderAnswers.notAllRemoved(places.provider(), reason)
                .withDetail(
                    "Some of the provider's objects are left. Whatever the vault held of this"
                        + " account is erased; only the removal goes on."),
        failure ->
            VaultAnswers.failure(
                failure, vault.map(OpenVault::unavailable).orElseGet(VaultAnswers::unavailable)));
  }
}
