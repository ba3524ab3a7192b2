package lockstep.cli;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.leaving.RestartOutcome;
import lockstep.device.leaving.RestartProtocol;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A new beginning for who has lost password, key and device. */
@Command(
    name = "restart",
    description = "Lost password, key and device: start afresh, seven days after asking for it.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Implements("DIS-3")
final class RestartCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;
  @Mixin private AccountOptions accountOptions;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    AccountName account = accountOptions.account();
    VaultPlace place = accountOptions.requiredVault();
    try (OpenDevice open = OpenDevice.alone(shared, surroundings)) {
      var enabled = open.device().enabled();
      if (enabled.isPresent()) {
        enabled.get().close();
        return stillEnabled();
      }
      try (OpenVault vault = OpenVault.open(place, accountOptions.vaultIdentity(), surroundings)) {
        RestartProtocol restart = new RestartProtocol(open.device(), vault.connection());
        RestartOutcome outcome = restart.request(account);
        Optional<RestartOutcome.Pending> due =
            Optional.of(outcome)
                .filter(RestartOutcome.Pending.class::isInstance)
                .map(RestartOutcome.Pending.class::cast)
                .filter(pending -> pending.completesAt() <= surroundings.clock().millis());
        return answer(due.isPresent() ? restart.complete(account) : outcome, vault, surroundings);
      }
    }
  }

  private static Answer answer(RestartOutcome outcome, OpenVault vault, Surroundings surroundings) {
    return outcome.match(
        completesAt ->
            Answer.done(
                    "The restart is asked for and may be completed at "
                        + VaultAnswers.until(completesAt, surroundings)
                        + ".")
                .withDetail("The old backup stays unreadable. Nothing is erased before that time.")
                .withDetail(
                    "Any unlock with the password, and any command of a device that is still"
                        + " enabled, cancels it.")
                .next("Run lockstep restart again after that time, then lockstep enable.")
                .with("completesAt", VaultAnswers.text(completesAt)),
        () ->
            Answer.done("The old record is erased; the old backup stays unreadable.")
                .next("Run lockstep enable with a new password.")
                .with("restarted", true),
        () ->
            Answer.refused(
                    "The restart was cancelled by an unlock or by a device that is still enabled.",
                    "Run lockstep restart again if you still want it.")
                .with("reason", "restartCancelled"),
        VaultAnswers::notEnrolled,
        failure -> VaultAnswers.failure(failure, vault));
  }

  private static Answer stillEnabled() {
    return Answer.refused(
            "This device is still enabled, so nothing is lost.",
            "Run lockstep disable and lockstep enable for a new password; the files are here.")
        .with("reason", "stillEnabled");
  }
}
