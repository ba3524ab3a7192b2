package lockstep.cli;

import java.io.IOException;
import java.util.function.Consumer;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.Rehearsal;
import lockstep.device.state.RehearsalOutcome;
import lockstep.secret.Password;
import lockstep.spec.Implements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the 64-digit key, after the password. */
@Command(name = "show-key", description = "Show the 64-digit key, after the password was given.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ShowKeyCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;
  @Mixin private PasswordOption passwordOption;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  @Implements("USR-7")
  public Answer run(Surroundings surroundings) throws IOException {
    char[][] forJson = new char[1][];
    KeyHandover handover = new KeyHandover(shared, surroundings);
    Consumer<char[]> screen =
        shown -> {
          if (shared.json()) {
            forJson[0] = shown.clone();
          } else {
            handover.show(shown);
          }
        };
    Answer answer = show(surroundings, screen);
    return forJson[0] == null ? answer : answer.with("recoveryKey", forJson[0]);
  }

  private Answer show(Surroundings surroundings, Consumer<char[]> screen) throws IOException {
    try (OpenDevice open = OpenDevice.forReading(shared, surroundings)) {
      Rehearsal rehearsal = new Rehearsal(open.device());
      boolean hasPassword;
      try (EnabledDevice enabled = open.enabled()) {
        hasPassword = enabled.vault().isPresent();
      }
      if (!hasPassword) {
        rehearsal.showKeyInKeyMode(screen);
        return shown();
      }
      try (Password password =
          new SecretInput(surroundings)
              .password(passwordOption.file(), PasswordOption.NAME, "Password: ")) {
        RehearsalOutcome outcome = rehearsal.showKey(password, screen);
        return outcome instanceof RehearsalOutcome.ThePassword
            ? shown()
            : RehearseCommand.answer(outcome);
      }
    }
  }

  private static Answer shown() {
    return Answer.done("That is the 64-digit key. Whoever has it can read the backup.");
  }
}
