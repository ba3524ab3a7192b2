package lockstep.cli;

import java.io.IOException;
import java.util.Optional;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.device.leaving.Disable;
import lockstep.device.leaving.DisableOutcome;
import lockstep.device.rotation.RotationKeys;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.format.BackupKeys;
import lockstep.keys.RootKey;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
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
      if (deleteBackup) {
        Optional<Answer> refused = refused(open, storage, places);
        if (refused.isPresent()) {
          return refused.get();
        }
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

  /** Why nothing is erased, where the device knows of a backup that is not shown now. */
  @Implements("DIS-4")
  private static Optional<Answer> refused(OpenDevice open, BackupStorage storage, Places places)
      throws IOException {
    if (open.device().isPending(DeviceSlot.DISABLE)) {
      return Optional.empty();
    }
    try (EnabledDevice enabled = open.enabled();
        RotationKeys either = RotationKeys.of(open.device(), enabled)) {
      return enabled.floor().isEmpty() || isShown(enabled.account(), either, storage)
          ? Optional.empty()
          : Optional.of(nothingToDelete());
    } catch (ProviderUnavailable unavailable) {
      return Optional.of(
          ProviderAnswers.unavailable(places.provider(), String.valueOf(unavailable.getMessage()))
              .withDetail(
                  "Nothing was erased. Without --delete-backup it disables backups, and whatever"
                      + " the provider has stays."));
    }
  }

  private static boolean isShown(AccountName account, RotationKeys either, BackupStorage storage)
      throws ProviderUnavailable {
    for (RootKey rootKey : either.all()) {
      try (BackupKeys keys = BackupKeys.derive(rootKey, account.utf8())) {
        if (!storage.heads(keys.setName()).isEmpty()) {
          return true;
        }
      }
    }
    return false;
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
