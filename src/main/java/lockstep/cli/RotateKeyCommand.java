package lockstep.cli;

import java.io.IOException;
import java.util.Optional;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.backup.store.Progress;
import lockstep.device.rotation.KeyRotation;
import lockstep.device.rotation.KeyRotationOutcome;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.NewRecoveryKey;
import lockstep.device.state.RehearsalOutcome;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultFailure;
import lockstep.secret.Password;
import lockstep.spec.Implements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A new root key, and the newest backup sealed again under it. */
@Command(
    name = "rotate-key",
    description = "Seal the backup under a new key, for when the old one may be known.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Implements("ROT-3~2")
final class RotateKeyCommand implements lockstep.cli.Command {

  static final String DROP_DAMAGED = "--drop-damaged";

  @Mixin private SharedOptions shared;
  @Mixin private ProgressOptions progressOptions;
  @Mixin private ProviderOption provider;
  @Mixin private PasswordOption passwordOption;
  @Mixin private LastAttemptOption lastAttempt;

  @Option(
      names = DROP_DAMAGED,
      description = "Give up earlier backups that are kept and damaged; the newest must be whole.")
  private boolean dropDamaged;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    try (OpenDevice open = OpenDevice.aloneAndEnabled(shared, surroundings);
        EnabledDevice enabled = open.enabled();
        ProgressLine progress =
            progressOptions.begin("Sealing again", shared.json(), surroundings)) {
      Places places = provider.places(open, surroundings);
      KeyRotation rotation =
          new KeyRotation(
              open.device(),
              surroundings.storage(places),
              new DirectoryNotes(open.notes(), surroundings.files()),
              dropDamaged);
      if (enabled.vault().isEmpty()) {
        KeyHandover.requireSomebody(shared, surroundings);
        KeyRotationOutcome outcome = rotation.rotateRecoveryKey(progress);
        // Nothing is drawn over the question that follows.
        progress.close();
        return inKeyMode(rotation, outcome, places, surroundings);
      }
      // First, for an interrupted change of the password is settled so. An interrupted rotation may
      // have replaced the record itself.
      Optional<VaultLine.Heard> before =
          open.device().isPending(DeviceSlot.KEY_ROTATION)
              ? Optional.empty()
              : Optional.of(contact(open, surroundings));
      Answer answer = withPassword(open, rotation, places, progress, surroundings);
      Answer told = before.isPresent() ? before.get().addTo(answer) : answer;
      // Sets the new set's mark; where that fails, the next command's contact does.
      return answer.outcome() == Outcome.DONE ? contact(open, surroundings).addTo(told) : told;
    }
  }

  private Answer withPassword(
      OpenDevice open,
      KeyRotation rotation,
      Places places,
      Progress progress,
      Surroundings surroundings)
      throws IOException {
    SecretInput input = new SecretInput(surroundings);
    input.requireSource(passwordOption.file(), PasswordOption.NAME);
    try (OpenVault vault = OpenVault.open(open, surroundings);
        Password password =
            input.password(passwordOption.file(), PasswordOption.NAME, "Password: ")) {
      return answer(
          rotation.rotate(
              vault.connection().askingBeforeTheLast(lastAttempt.consent(surroundings)),
              password,
              progress),
          places,
          vault.unavailable(),
          surroundings);
    }
  }

  private static VaultLine.Heard contact(OpenDevice open, Surroundings surroundings)
      throws IOException {
    try (EnabledDevice now = open.enabled();
        VaultLine line = VaultLine.of(open, now, surroundings)) {
      return line.contact();
    }
  }

  @Implements("ROT-1~3")
  private Answer inKeyMode(
      KeyRotation rotation, KeyRotationOutcome outcome, Places places, Surroundings surroundings)
      throws IOException {
    if (outcome instanceof KeyRotationOutcome.KeyToConfirm shown) {
      try (NewRecoveryKey key = shown.key()) {
        return new KeyHandover(shared, surroundings)
            .hand(
                key,
                () ->
                    answer(
                        rotation.afterConfirmation().orElseThrow(),
                        places,
                        VaultAnswers.unavailable(),
                        surroundings));
      }
    }
    return answer(outcome, places, VaultAnswers.unavailable(), surroundings);
  }

  private static Answer answer(
      KeyRotationOutcome outcome, Places places, Answer unavailable, Surroundings surroundings) {
    return outcome.match(new Answers(places, unavailable, surroundings));
  }

  /** What the user is told of each outcome. */
  private record Answers(Places places, Answer unavailable, Surroundings surroundings)
      implements KeyRotationOutcome.Cases<Answer> {

    @Override
    public Answer rotated() {
      return RotateKeyCommand.rotated();
    }

    @Override
    public Answer oldSetRemains(String reason) {
      return ProviderAnswers.notAllRemoved(places.provider(), reason)
          .withDetail(
              "The new key is in force; only the old set is still to be removed: run the same"
                  + " command again.");
    }

    @Override
    public Answer keyToConfirm(NewRecoveryKey key) {
      throw new IllegalStateException("a key is confirmed in key mode only");
    }

    @Override
    public Answer notThePassword() {
      return RehearseCommand.answer(new RehearsalOutcome.NotThePassword());
    }

    @Override
    public Answer notEnabled() {
      return OpenDevice.notEnabled();
    }

    @Override
    public Answer notUnlocked(UnlockOutcome why) {
      return RotateKeyCommand.notUnlocked(why, unavailable, surroundings);
    }

    @Override
    public Answer damaged(String objectName) {
      return ProviderAnswers.damaged(objectName);
    }

    @Override
    public Answer olderBackup(KeyRotationOutcome.OlderBackup older) {
      return RotateKeyCommand.olderBackup(older);
    }

    @Override
    public Answer backupGone(KeyRotationOutcome.BackupGone gone) {
      return RotateKeyCommand.backupGone(gone);
    }

    @Override
    public Answer numbersUsedUp() {
      return ProviderAnswers.numbersUsedUp();
    }

    @Override
    public Answer overtaken() {
      return RotateKeyCommand.overtaken();
    }

    @Override
    public Answer providerFailed(String reason) {
      return ProviderAnswers.unavailable(places.provider(), reason)
          .withDetail("This run put no other key in force.");
    }

    @Override
    public Answer outcomeUnknown(VaultFailure why) {
      return VaultAnswers.outcomeUnknown(
          why,
          "it is not yet known which key is in force.",
          "Run the same command again; it asks the vault first. Either key opens a whole"
              + " backup.");
    }
  }

  @Implements({"ROT-1~3", "RST-12"})
  private static Answer olderBackup(KeyRotationOutcome.OlderBackup older) {
    return Answer.of(
            Outcome.OLDER_BACKUP,
            ProviderAnswers.olderThan(older.number(), older.floorNumber())
                + " The key was not changed.",
            "Ask the provider for the newer one. Where the files are on this device, lockstep"
                + " backup makes a newer one still, and asks first; then rotate the key.")
        .with("backupNumber", older.number())
        .with("markedNumber", older.floorNumber());
  }

  @Implements("ROT-1~3")
  private static Answer backupGone(KeyRotationOutcome.BackupGone gone) {
    return Answer.refused(
            "The provider shows no backup, though backup "
                + gone.floorNumber()
                + " was made. The key was not changed.",
            "Check that the drive is there and is the right one, and ask the provider. Where the"
                + " files are on this device, lockstep backup makes a new backup, and asks first;"
                + " then rotate the key.")
        .with("reason", "backupGone")
        .with("knownNumber", gone.floorNumber());
  }

  @Implements("ROT-1~3")
  private static Answer overtaken() {
    return Answer.refused(
            "Another device backed up while the key was being changed. The old key stays in force.",
            "Run the same command again; it takes the newer backup.")
        .with("reason", "overtaken");
  }

  private static Answer notUnlocked(
      UnlockOutcome why, Answer unavailable, Surroundings surroundings) {
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
        failure -> VaultAnswers.failure(failure, unavailable));
  }

  private static Answer rotated() {
    return Answer.done("The backup is sealed under a new key; the old set is gone.")
        .withDetail(
            "A 64-digit key that was noted before opens nothing any more, but for copies that"
                + " somebody made of the old set.");
  }
}
