package lockstep.cli;

import java.io.IOException;
import lockstep.device.state.Rehearsal;
import lockstep.device.state.RehearsalOutcome;
import lockstep.secret.Password;
import lockstep.spec.Implements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Is this the password? Answered on the device. */
@Command(
    name = "rehearse",
    description = "Find out whether this is the password; no attempt is spent.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RehearseCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;
  @Mixin private PasswordOption passwordOption;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  @Implements("USR-6")
  public Answer run(Surroundings surroundings) throws IOException {
    try (OpenDevice open = OpenDevice.forReading(shared, surroundings)) {
      open.enabled().close();
      try (Password password =
          new SecretInput(surroundings)
              .password(passwordOption.file(), PasswordOption.NAME, "Password: ")) {
        return answer(new Rehearsal(open.device()).rehearse(password));
      }
    }
  }

  /** What a rehearsal says to the user. */
  static Answer answer(RehearsalOutcome outcome) {
    return outcome.match(
        () -> Answer.done("That is the password."),
        () ->
            Answer.of(
                    Outcome.WRONG_PASSWORD,
                    "That is not the password. No attempt was spent.",
                    "Try again as often as you like here; lockstep change-password sets a new one"
                        + " while you still know the old one.")
                .with("reason", "notThePassword"),
        () ->
            Answer.refused(
                    "This device has nothing to compare with: the password was changed elsewhere.",
                    "Run lockstep change-password, or restore on this device with the password.")
                .with("reason", "nothingToCompare"),
        () ->
            Answer.refused(
                    "A password change was interrupted; it is not yet known which password holds.",
                    "Run lockstep change-password again, with the same two passwords.")
                .with("reason", "changePending"),
        () ->
            Answer.refused(
                    "This device is enabled with a 64-digit key, not with a password.",
                    "Run lockstep show-key to see the key.")
                .with("reason", "noPassword"));
  }
}
