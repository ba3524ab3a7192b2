package lockstep.cli;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.password.PasswordChangeProtocol;
import lockstep.device.state.EnabledDevice;
import lockstep.secret.Password;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sets a new password; the old one is needed. */
@Command(name = "change-password", description = "Set a new password; the old one is needed.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ChangePasswordCommand implements lockstep.cli.Command {

  private static final String NEW_PASSWORD_FILE = "--new-password-file";

  @Mixin private SharedOptions shared;
  @Mixin private PasswordOption passwordOption;
  @Mixin private LastAttemptOption lastAttempt;
  @Mixin private NewPasswordOption newPasswordOption;

  @Option(
      names = NEW_PASSWORD_FILE,
      paramLabel = "FILE",
      description = "Read the new password from FILE; - is standard input.")
  private @Nullable String newPasswordFile;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    Optional<String> newFile = Optional.ofNullable(newPasswordFile);
    SecretInput.refuseTwice(passwordOption.file(), newFile);
    SecretInput input = new SecretInput(surroundings);
    input.requireSource(passwordOption.file(), PasswordOption.NAME);
    input.requireSource(newFile, NEW_PASSWORD_FILE);
    try (OpenDevice open = OpenDevice.aloneAndEnabled(shared, surroundings)) {
      AccountName account = accountWithPassword(open);
      try (OpenVault vault = OpenVault.open(open, surroundings);
          Password previous =
              input.password(passwordOption.file(), PasswordOption.NAME, "Old password: ");
          Password next =
              newPasswordOption.judged(
                  input.newPassword(newFile, NEW_PASSWORD_FILE, "New password: "), account)) {
        return answer(
            new PasswordChangeProtocol(
                    open.device(),
                    vault.connection().askingBeforeTheLast(lastAttempt.consent(surroundings)))
                .change(previous, next),
            vault.unavailable(),
            surroundings);
      }
    }
  }

  private static AccountName accountWithPassword(OpenDevice open) throws IOException {
    try (EnabledDevice enabled = open.enabled()) {
      if (enabled.vault().isEmpty()) {
        throw new Ended(noPassword());
      }
      return enabled.account();
    }
  }

  @Decides("CHG-5")
  @Implements("CHG-4")
  static Answer answer(
      PasswordChangeOutcome outcome, Answer unavailable, Surroundings surroundings) {
    return outcome.match(
        binding ->
            Answer.done("The password is changed; the old one opens nothing any more.")
                .withDetail(
                    "Copies and keys that somebody may already have are not revoked: run lockstep"
                        + " rotate-key for that."),
        binding ->
            Answer.done(
                    "An earlier, interrupted change had taken effect: the new password typed then"
                        + " is in force.")
                .withDetail("Run lockstep rehearse to see whether you know it.")
                .with("reason", "earlierChangeTookEffect"),
        why ->
            VaultAnswers.outcomeUnknown(
                why,
                "it is not yet known which of the two passwords holds.",
                "Run the command again with the same two passwords; it asks the vault first and"
                    + " spends no attempt."),
        wrong ->
            VaultAnswers.wrongPassword(
                wrong.attemptsRemaining(), wrong.lockedUntil(), surroundings),
        locked -> VaultAnswers.locked(locked.until(), surroundings),
        VaultAnswers::destroyed,
        VaultAnswers::notEnrolled,
        ChangePasswordCommand::noPassword,
        failure -> VaultAnswers.failure(failure, unavailable));
  }

  private static Answer noPassword() {
    return Answer.refused(
            "This device is enabled with a 64-digit key; there is no password to change.",
            "Run lockstep rotate-key for a new key.")
        .with("reason", "noPassword");
  }
}
