package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.device.DeviceDirectory;
import lockstep.adapter.device.FileKeystore;
import lockstep.device.MaliciousVault;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.contact.ContactOutcome;
import lockstep.device.contact.VaultContact;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.notices.VaultNotice;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.password.PasswordChangeProtocol;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.PlainCopies;
import lockstep.device.state.RehearsalOutcome;
import lockstep.device.state.RehearsalVerifier;
import lockstep.device.state.Stretching;
import lockstep.device.state.VaultBinding;
import lockstep.opaque.Argon2Bounds;
import lockstep.opaque.Argon2Parameters;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.Policy;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.StretchingParameters;
import org.junit.jupiter.api.Test;

/** What a device takes for the parameters of its record: what it was told and could check. */
class KnownParametersProperties {

  private static final String PASSWORD = "correct horse";
  private static final StretchingParameters DEARER = new StretchingParameters(128, 2, 2);
  private static final int MORE_THAN_ANY_TEST_HAS = 100_000_000;

  @Test
  @Verifies("USR-6")
  void theRehearsalVerifierIsStretchedLikeTheRecordThatWasOpened() {
    try (VaultSite site = new VaultSite()) {
      enrolledDearer(site);
      TestDevice second = new TestDevice();
      try (OpenedAccount opened = UnlockProperties.released(second.unlock(site, PASSWORD))) {
        assertThat(opened.vault().stretching()).isEqualTo(DEARER);
        second.run(
            state -> {
              opened.recordEnabled(state);
              return true;
            });
      }
      RehearsalVerifier kept =
          second.<Optional<RehearsalVerifier>>run(RehearsalVerifier::recall).orElseThrow();
      assertThat(kept.verifier().stretching()).isEqualTo(DEARER);
      assertThat(second.rehearse(PASSWORD)).isEqualTo(new RehearsalOutcome.ThePassword());
    }
  }

  @Test
  @Verifies({"ENR-2~2", "LIM-1"})
  void aStatusWithAnotherPolicyForTheKnownRecordOrOneOutOfBoundsIsNotBelieved() {
    for (Policy other :
        List.of(
            new Policy(1_000, 100, 1_000),
            new Policy(5, 2, 86_399_999),
            new Policy(60_000, 60_000, 0),
            new Policy(0, 2, 86_400_000))) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = new TestDevice();
        device.enrol(site, PASSWORD);
        VaultClient lying = new MaliciousVault(site, (request, reply) -> with(other, reply));
        ContactOutcome outcome =
            device.run(state -> new VaultContact(state, site.connection(lying)).contact());
        assertThat(outcome)
            .as("%s", other)
            .isEqualTo(new ContactOutcome.VaultFailed(new VaultFailure.NotTrusted()));
        assertThat(device.change(site.connection(lying), PASSWORD, "another password"))
            .isEqualTo(new PasswordChangeOutcome.VaultFailed(new VaultFailure.NotTrusted()));
        assertThat(site.status().charges()).isZero();
      }
    }
  }

  @Test
  @Verifies("ENR-10")
  void aNewDeviceHearsFromTheStatusThatItCannotComputeTheRecord() {
    try (VaultSite site = new VaultSite()) {
      new TestDevice().enrol(site, PASSWORD);
      Messages messages =
          new Messages(
              new MaliciousVault(
                  site,
                  (request, reply) ->
                      reply instanceof Reply.StatusReport report
                          ? report.with(new StretchingParameters(MORE_THAN_ANY_TEST_HAS, 1, 1))
                          : reply));
      assertThat(unlockWithoutACeiling(site, messages))
          .isEqualTo(
              new UnlockOutcome.VaultFailed(
                  new VaultFailure.TooLittleMemory(MORE_THAN_ANY_TEST_HAS, false)));
      assertThat(messages.count(Request.Attempt.class)).isZero();
    }
  }

  /** Between the status and the evaluation another device has made another record. */
  @Test
  @Verifies({"ENR-10", "SES-7"})
  void whatCannotBeComputedAfterTheAttemptIsToldAsASpentOne() {
    try (VaultSite site = new VaultSite()) {
      new TestDevice().enrol(site, PASSWORD);
      Messages messages =
          new Messages(
              new MaliciousVault(
                  site,
                  (request, reply) ->
                      reply instanceof Reply.Evaluated evaluated
                          ? ofTheNextGeneration(site, evaluated)
                          : reply));
      assertThat(unlockWithoutACeiling(site, messages))
          .isEqualTo(
              new UnlockOutcome.VaultFailed(
                  new VaultFailure.TooLittleMemory(MORE_THAN_ANY_TEST_HAS, true)));
      assertThat(messages.count(Request.Abandon.class)).isEqualTo(1);
      assertThat(site.status().charges()).isEqualTo(1);
    }
  }

  /** Another device's next version stretches more; this one is told so, and supposes nothing. */
  @Test
  @Verifies("ENR-2~2")
  void aRecordOfAnotherDevicesStretchingIsOpenedByThisOne() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, PASSWORD);
      TestDevice newer = new TestDevice();
      try (OpenedAccount opened = UnlockProperties.released(newer.unlock(site, PASSWORD))) {
        newer.run(
            state -> {
              opened.recordEnabled(state);
              return true;
            });
      }
      PasswordChangeOutcome dearer =
          runWith(
              newer,
              new Stretching(VaultSite.CHEAP.bounds(), new Argon2Parameters(128, 2, 2)),
              state -> {
                try (Password old = VaultSite.password(PASSWORD);
                    Password next = VaultSite.password("another password")) {
                  return new PasswordChangeProtocol(state, site.connection()).change(old, next);
                }
              });
      assertThat(dearer).isInstanceOf(PasswordChangeOutcome.Changed.class);
      assertThat(device.contact(site).notices())
          .contains(new VaultNotice.PasswordChangedElsewhere());
      assertThat(bindingOf(device).stretching()).isEqualTo(DEARER);
      assertThat(device.change(site, "another password", "a third one"))
          .isInstanceOf(PasswordChangeOutcome.Changed.class);
      assertThat(site.status().charges()).isZero();
    }
  }

  @Test
  @Verifies({"ENR-2~2", "OPQ-5~2"})
  void aStatusWithOtherStretchingForTheKnownRecordOrOneOutOfBoundsIsNotBelieved() {
    for (StretchingParameters other :
        new StretchingParameters[] {
          DEARER, new StretchingParameters(63, 1, 1), new StretchingParameters(64, 1, 3)
        }) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = new TestDevice();
        device.enrol(site, PASSWORD);
        Messages lying =
            new Messages(
                new MaliciousVault(
                    site,
                    (request, reply) ->
                        reply instanceof Reply.StatusReport report ? report.with(other) : reply));
        assertThat(device.change(site.connection(lying), PASSWORD, "another password"))
            .isEqualTo(new PasswordChangeOutcome.VaultFailed(new VaultFailure.NotTrusted()));
        assertThat(lying.count(Request.Attempt.class)).isZero();
      }
    }
  }

  private static VaultBinding bindingOf(TestDevice device) {
    return device.run(
        state -> {
          try (EnabledDevice enabled = state.enabled().orElseThrow()) {
            return enabled.vault().orElseThrow();
          }
        });
  }

  private static Reply.Evaluated ofTheNextGeneration(VaultSite site, Reply.Evaluated reply) {
    Receipt.Body charged = reply.receipt().orElseThrow().body();
    Receipt.Body ofTheNext =
        new Receipt.Body(
            charged.kind(),
            charged.account(),
            charged.generation() + 1,
            charged.epoch(),
            charged.charges(),
            charged.round(),
            charged.lockedUntil(),
            charged.time(),
            charged.sequence(),
            charged.previousHash());
    return new Reply.Evaluated(
        reply.sessionId(),
        reply.generation() + 1,
        reply.suite(),
        new StretchingParameters(MORE_THAN_ANY_TEST_HAS, 1, 1),
        reply.policy(),
        reply.attemptsRemaining(),
        reply.lockedUntil(),
        reply.finalSession(),
        reply.ke2(),
        Optional.of(site.identity().receipt(ofTheNext)));
  }

  private static UnlockOutcome unlockWithoutACeiling(VaultSite site, Messages messages) {
    Argon2Parameters most = new Argon2Parameters(MORE_THAN_ANY_TEST_HAS, 2, 2);
    Argon2Bounds wide = new Argon2Bounds(VaultSite.CHEAP.bounds().floor(), most);
    return runWith(
        new TestDevice(),
        new Stretching(wide, VaultSite.CHEAP.parameters()),
        state -> {
          try (Password password = VaultSite.password(PASSWORD)) {
            return new Unlock(state, site.connection(messages)).attempt(VaultSite.ALICE, password);
          }
        });
  }

  private static void enrolledDearer(VaultSite site) {
    EnrolmentOutcome outcome =
        runWith(
            new TestDevice(),
            new Stretching(VaultSite.CHEAP.bounds(), new Argon2Parameters(128, 2, 2)),
            state -> {
              try (Password password = VaultSite.password(PASSWORD)) {
                return new Enrolment(state, site.connection())
                    .enrol(VaultSite.ALICE, password, PlainCopies.NONE);
              }
            });
    assertThat(outcome).isInstanceOf(EnrolmentOutcome.Enrolled.class);
  }

  static Reply with(Policy policy, Reply reply) {
    return reply instanceof Reply.StatusReport report
        ? new Reply.StatusReport(
            report.record(),
            report.activeGeneration(),
            report.lastGeneration(),
            report.epoch(),
            policy,
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
            report.receiptHashes())
        : reply;
  }

  private static <R> R runWith(
      TestDevice device, Stretching stretching, TestDevice.Command<R> command) {
    try (DeviceDirectory directory = DeviceDirectory.lock(device.home).orElseThrow()) {
      return command.run(
          new Device(directory, new FileKeystore(device.home), new SecureRandom(), stretching));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
