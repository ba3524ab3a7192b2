package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lockstep.device.MaliciousVault;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.PlainCopies;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.Policy;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** A vault's operator chooses the policy; a device does not take every one. */
class PolicyFloorProperties {

  private static final String PASSWORD = "correct horse";
  private static final long HOUR = 3_600_000;
  private static final AttemptPolicy LOOSE = new AttemptPolicy(1_000, 100, 1_000);

  @Test
  @Verifies("ENR-8")
  void twentyAttemptsInAllAndAnHourAreTheFloor() {
    for (Policy enough :
        List.of(
            new Policy(5, 2, 86_400_000),
            new Policy(20, 1, HOUR),
            new Policy(1, 20, HOUR),
            new Policy(4, 5, HOUR))) {
      assertThat(PolicyFloor.accepts(enough)).as("%s", enough).isTrue();
    }
    for (Policy loose :
        List.of(
            new Policy(21, 1, HOUR),
            new Policy(1, 21, HOUR),
            new Policy(7, 3, HOUR),
            new Policy(5, 2, HOUR - 1),
            new Policy(65_535, 65_535, HOUR))) {
      assertThat(PolicyFloor.accepts(loose)).as("%s", loose).isFalse();
    }
  }

  @Test
  @Verifies("ENR-8")
  void noDeviceEnrolsUnderAHundredThousandAttemptsUnasked() {
    for (AttemptPolicy loose :
        List.of(LOOSE, new AttemptPolicy(7, 3, HOUR), new AttemptPolicy(5, 2, HOUR - 1))) {
      try (VaultSite site = new VaultSite(loose)) {
        TestDevice device = new TestDevice();
        Messages messages = new Messages(site::exchange);
        assertThat(enrol(device, site.connection(messages), Set.of()))
            .isEqualTo(
                new EnrolmentOutcome.VaultFailed(new VaultFailure.LoosePolicy(loose.toWire())));
        assertThat(messages.count(Request.Register.class)).isZero();
        assertThat(site.status().charges()).isZero();
        assertThat(device.rootKey()).isEmpty();
        assertThat(device.isPending(DeviceSlot.ENROLMENT)).isFalse();
      }
    }
  }

  @Test
  @Verifies("ENR-8")
  void whoeverAcceptsByNameEnrolsAndIsNotAskedAgain() {
    try (VaultSite site = new VaultSite(LOOSE)) {
      TestDevice device = new TestDevice();
      assertThat(enrol(device, site.connection(), Set.of(Acceptance.LOOSE_POLICY)))
          .isInstanceOf(EnrolmentOutcome.Enrolled.class);
      assertThat(device.change(site, PASSWORD, "another password"))
          .isInstanceOf(PasswordChangeOutcome.Changed.class);
      assertThat(device.contact(site).policy()).isEqualTo(LOOSE.toWire());
    }
  }

  @Test
  @Verifies("ENR-8")
  void aNewDeviceSpendsNoAttemptUnderALoosePolicyUnasked() {
    try (VaultSite site = new VaultSite(LOOSE)) {
      enrol(new TestDevice(), site.connection(), Set.of(Acceptance.LOOSE_POLICY));
      TestDevice fresh = new TestDevice();
      assertThat(fresh.unlock(site, PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(new VaultFailure.LoosePolicy(LOOSE.toWire())));
      assertThat(site.status().charges()).isZero();
      try (Password password = VaultSite.password(PASSWORD)) {
        UnlockOutcome accepted =
            fresh.run(
                state ->
                    new Unlock(state, site.connection())
                        .accepting(Set.of(Acceptance.LOOSE_POLICY))
                        .attempt(VaultSite.ALICE, password));
        UnlockProperties.released(accepted).close();
      }
    }
  }

  /** The vault says one policy before Register and another, looser one after. */
  @Test
  @Verifies("ENR-8")
  void aPolicyThatIsLooseOnlyInTheRegisteredReplyIsFoundOutBeforeTheRecordIsStaged() {
    try (VaultSite site = new VaultSite()) {
      Messages messages =
          new Messages(
              new MaliciousVault(
                  site,
                  (request, reply) ->
                      reply instanceof Reply.Registered registered
                          ? new Reply.Registered(
                              registered.registrationResponse(),
                              LOOSE.toWire(),
                              registered.expiresAt(),
                              registered.receipt())
                          : reply));
      assertThat(enrol(new TestDevice(), site.connection(messages), Set.of()))
          .isEqualTo(
              new EnrolmentOutcome.VaultFailed(new VaultFailure.LoosePolicy(LOOSE.toWire())));
      assertThat(messages.count(Request.Stage.class)).isZero();
    }
  }

  private static EnrolmentOutcome enrol(
      TestDevice device, VaultConnection connection, Set<Acceptance> accepted) {
    try (Password password = VaultSite.password(PASSWORD)) {
      return device.run(
          state ->
              new Enrolment(state, connection)
                  .accepting(accepted)
                  .enrol(VaultSite.ALICE, password, PlainCopies.NONE));
    }
  }
}
