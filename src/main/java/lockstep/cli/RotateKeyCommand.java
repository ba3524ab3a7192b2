package lockstep.cli;

import java.io.IOException;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.device.contact.VaultContact;
import lockstep.device.rotation.KeyRotation;
import lockstep.device.rotation.KeyRotationOutcome;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.NewRecoveryKey;
import lockstep.device.state.RehearsalOutcome;
import lockstep.device.vault.UnlockOutcome;
import lockstep.secret.Password;
import lockstep.spec.Implements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A new root key, and the newest backup sealed again under it. */
@Command(
    name = "rotate-key",
    description = "Seal the backup under a new key, for when the old one may be known.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Implements("ROT-3~2")
final class RotateKeyCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;
  @Mixin private PasswordOption passwordOption;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    try (OpenDevice open = OpenDevice.aloneAndEnabled(shared, surroundings);
        EnabledDevice enabled = open.enabled();
        ProgressLine progress = new ProgressLine("Sealing again", surroundings)) {
      Places places = open.places();
      KeyRotation rotation =
          new KeyRotation(
              open.device(),
              new DirectoryStorage(places.provider(), surroundings.files()),
              new DirectoryNotes(open.notes(), surroundings.files()));
      if (enabled.vault().isEmpty()) {
        KeyHandover.requireSomebody(shared, surroundings);
        KeyRotationOutcome outcome = rotation.rotateRecoveryKey(progress);
        // Nothing is drawn over the question that follows.
        progress.close();
        return inKeyMode(outcome, places, surroundings);
      }
      SecretInput input = new SecretInput(surroundings);
      input.requireSource(passwordOption.file(), PasswordOption.NAME);
      try (LocalVault vault = LocalVault.open(open, surroundings);
          Password password =
              input.password(passwordOption.file(), PasswordOption.NAME, "Password: ")) {
        KeyRotationOutcome outcome = rotation.rotate(vault.connection(), password, progress);
        if (outcome instanceof KeyRotationOutcome.Rotated) {
          // Sets the new set's mark; where that fails, the next command's contact does.
          new VaultContact(open.device(), vault.connection()).contact();
        }
        return answer(outcome, places, vault.isDamaged(), surroundings);
      }
    }
  }

  private Answer inKeyMode(KeyRotationOutcome outcome, Places places, Surroundings surroundings)
      throws IOException {
    if (outcome instanceof KeyRotationOutcome.KeyToConfirm shown) {
      try (NewRecoveryKey key = shown.key()) {
        return new KeyHandover(shared, surroundings).hand(key, rotated());
      }
    }
    return answer(outcome, places, false, surroundings);
  }

  private static Answer answer(
      KeyRotationOutcome outcome, Places places, boolean damaged, Surroundings surroundings) {
    return outcome.match(
        RotateKeyCommand::rotated,
        reason ->
            ProviderAnswers.notAllRemoved(places.provider(), reason)
                .withDetail(
                    "The new key is in force; only the old set is still to be removed: run the same"
                        + " command again."),
        key -> {
          throw new IllegalStateException("a key is confirmed in key mode only");
        },
        () -> RehearseCommand.answer(new RehearsalOutcome.NotThePassword()),
        OpenDevice::notEnabled,
        why -> notUnlocked(why, damaged, surroundings),
        ProviderAnswers::damaged,
        reason -> ProviderAnswers.unavailable(places.provider(), reason),
        () ->
            VaultAnswers.unusable(
                "outcomeUnknown",
                "The vault's last answer was lost: it is not yet known which key is in force.",
                "Run the same command again; it asks the vault first. Either key opens a whole"
                    + " backup."));
  }

  private static Answer notUnlocked(UnlockOutcome why, boolean damaged, Surroundings surroundings) {
    return why.match(
        released -> {
          throw new IllegalStateException("a released key is no refusal");
        },
        wrong ->
            VaultAnswers.wrongPassword(
                wrong.attemptsRemaining(), wrong.lockedUntil(), surroundings),
        locked -> VaultAnswers.locked(locked.until(), surroundings),
        VaultAnswers::destroyed,
        VaultAnswers::notEnrolled,
        failure -> VaultAnswers.failure(failure, damaged));
  }

  private static Answer rotated() {
    return Answer.done("The backup is sealed under a new key; the old set is gone.")
        .withDetail(
            "A 64-digit key that was noted before opens nothing any more, but for copies that"
                + " somebody made of the old set.");
  }
}
