package lockstep.device.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiFunction;
import java.util.function.Function;
import lockstep.device.MaliciousVault;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.TestProvider;
import lockstep.device.VaultSite;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.leaving.DisableProperties;
import lockstep.device.vault.ConversationEnded;
import lockstep.device.vault.OpenedAccount;
import lockstep.device.vault.UnlockProperties;
import lockstep.device.vault.VaultConversation;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Verifies;
import lockstep.wire.Authority;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/**
 * What a password change says when the vault will not, cannot or pretends, at each of its steps.
 */
class PasswordChangeRefusalProperties {

  private static final String OLD = "the old password";
  private static final String NEW = "the new password";
  private static final PasswordChangeOutcome NOT_TRUSTED =
      new PasswordChangeOutcome.VaultFailed(new VaultFailure.NotTrusted());

  private static TestDevice enrolled(VaultSite site) {
    TestDevice device = new TestDevice();
    assertThat(device.enrol(site, OLD)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
    return device;
  }

  private static PasswordChangeOutcome changedAt(
      VaultSite site, TestDevice device, BiFunction<Request, Reply, Reply> twist) {
    return device.change(site.connection(new MaliciousVault(site, twist)), OLD, NEW);
  }

  /** The outcome of a change whose requests of one kind get that answer. */
  private static PasswordChangeOutcome answered(Class<? extends Request> kind, Refusal refusal) {
    try (VaultSite site = new VaultSite()) {
      return changedAt(
          site, enrolled(site), (request, reply) -> kind.isInstance(request) ? refusal : reply);
    }
  }

  @Test
  @Verifies("CHG-1")
  void aLockOrTheEndOfTheRecordIsToldAtWhicheverStepItComes() {
    assertThat(answered(Request.Attempt.class, new Refusal.Locked(7)))
        .isEqualTo(new PasswordChangeOutcome.Locked(7));
    assertThat(answered(Request.Attempt.class, new Refusal.Destroyed()))
        .isEqualTo(new PasswordChangeOutcome.Destroyed());
    assertThat(answered(Request.Attempt.class, new Refusal.NotEnrolled()))
        .isEqualTo(new PasswordChangeOutcome.NotEnrolled());
    assertThat(answered(Request.Register.class, new Refusal.Locked(8)))
        .isEqualTo(new PasswordChangeOutcome.Locked(8));
    assertThat(answered(Request.Register.class, new Refusal.Destroyed()))
        .isEqualTo(new PasswordChangeOutcome.Destroyed());
    assertThat(answered(Request.Activate.class, new Refusal.Locked(9)))
        .isEqualTo(new PasswordChangeOutcome.Locked(9));
  }

  /** The vault carried it out, whatever it says to the copy that was delivered last. */
  @Test
  @Verifies({"AUT-7", "CHG-4"})
  void aRefusalOfWhatWasCarriedOutIsNotBelieved() {
    assertThat(answered(Request.Activate.class, new Refusal.Refused()))
        .isInstanceOf(PasswordChangeOutcome.Changed.class);
  }

  @Test
  @Verifies("CHG-3")
  void aChangeThatIsDoneIsRecognisedAndCostsNothing() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enrolled(site);
      assertThat(device.change(site, OLD, NEW)).isInstanceOf(PasswordChangeOutcome.Changed.class);
      Messages messages = new Messages(site::exchange);
      assertThat(device.change(site.connection(messages), OLD, NEW))
          .isInstanceOf(PasswordChangeOutcome.Changed.class);
      assertThat(messages.count(Request.Attempt.class)).isZero();
      assertThat(site.status().lastGeneration()).isEqualTo(2);
      assertThat(device.change(site.connection(messages), "neither", NEW))
          .isInstanceOf(PasswordChangeOutcome.Changed.class);
      assertThat(device.change(site.connection(messages), "neither", OLD))
          .isInstanceOf(PasswordChangeOutcome.WrongPassword.class);
      assertThat(messages.count(Request.Attempt.class)).isEqualTo(1);
    }
  }

  @Test
  @Verifies("CHG-1")
  void withoutAnActiveRecordNothingIsAttempted() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enrolled(site);
      PasswordChangeOutcome outcome =
          changedAt(
              site,
              device,
              (request, reply) ->
                  reply instanceof Reply.StatusReport report
                      ? with(report, Reply.RecordState.NONE)
                      : reply);
      assertThat(outcome).isEqualTo(new PasswordChangeOutcome.Destroyed());
    }
  }

  private static Reply with(Reply.StatusReport report, Reply.RecordState state) {
    return new Reply.StatusReport(
        state,
        report.activeGeneration(),
        report.lastGeneration(),
        report.epoch(),
        report.policy(),
        report.charges(),
        report.round(),
        report.lockedUntil(),
        report.restartAt(),
        report.markNumber(),
        report.markDigest(),
        report.receiptSequence(),
        report.receiptHash(),
        report.time(),
        report.successes(),
        report.stretching(),
        report.commandKey(),
        report.receiptHashes());
  }

  /** The account was left and enrolled anew elsewhere, with the same password; the vault lies. */
  @Test
  @Verifies("CHG-1")
  void aRecordOfAnotherRootKeyIsNeverReplaced() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enrolled(site);
      enrolAnewElsewhere(site);
      PasswordChangeOutcome outcome =
          changedAt(
              site,
              device,
              (request, reply) -> {
                if (request instanceof Request.Status known) {
                  return toAnybody(
                      site,
                      authority ->
                          new Request.Status(
                              VaultSite.ALICE,
                              known.knownSequence(),
                              known.knownHash(),
                              authority));
                }
                return request instanceof Request.Attempt attempt
                    ? toAnybody(
                        site,
                        authority -> new Request.Attempt(VaultSite.ALICE, attempt.ke1(), authority))
                    : reply;
              });
      assertThat(outcome).isEqualTo(NOT_TRUSTED);
      assertThat(site.status().activeGeneration()).isEqualTo(2);
      assertThat(site.status().lastGeneration()).isEqualTo(2);
    }
  }

  private static void enrolAnewElsewhere(VaultSite site) {
    TestDevice other = new TestDevice();
    try (OpenedAccount opened = UnlockProperties.released(other.unlock(site, OLD))) {
      other.run(
          state -> {
            opened.recordEnabled(state);
            return DisableProperties.disable(state, site.connection(), new TestProvider(), true);
          });
    }
    assertThat(other.enrol(site, OLD)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
  }

  /** What the vault answers to whoever has a token. */
  private static Reply toAnybody(
      VaultSite site, Function<Authority, ? extends Request.Authorised> shape) {
    return new TestDevice()
        .run(
            stranger -> {
              try {
                VaultConversation conversation =
                    VaultConversation.begin(stranger, site.connection(), VaultSite.ALICE);
                return conversation.send(shape::apply, conversation.token());
              } catch (ConversationEnded ended) {
                throw new AssertionError(ended.failure().toString(), ended);
              }
            });
  }
}
