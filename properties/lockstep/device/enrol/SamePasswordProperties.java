package lockstep.device.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.PlainCopies;
import lockstep.device.vault.Acceptance;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultFailure;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** After a destruction somebody knows ten passwords that are not the one in force. */
class SamePasswordProperties {

  private static final String FIRST = "correct horse";
  private static final String SECOND = "another password";

  @Test
  @Verifies("ENR-9")
  void thePasswordThatWasGuessedAtIsRefusedAfterDestruction() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, FIRST);
      for (int cycle = 0; cycle < 2; cycle++) {
        EnrolmentProperties.destroy(site);
        Messages messages = new Messages(site::exchange);
        assertThat(enrol(device, site.connection(messages), FIRST, Set.of()))
            .isEqualTo(new EnrolmentOutcome.SamePassword());
        assertThat(messages.count(Request.Register.class)).isZero();
        assertThat(site.status().record()).isEqualTo(Reply.RecordState.DESTROYED);
        assertThat(enrol(device, site.connection(), FIRST, Set.of(Acceptance.SAME_PASSWORD)))
            .isInstanceOf(EnrolmentOutcome.Enrolled.class);
      }
    }
  }

  @Test
  @Verifies({"ENR-9", "ENR-6"})
  void anotherPasswordIsTakenAndSoIsTheRerunThatWasInterrupted() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, FIRST);
      EnrolmentProperties.destroy(site);
      VaultClient away =
          request -> {
            if (Request.decode(request).orElseThrow() instanceof Request.Stage) {
              throw new IOException("request lost");
            }
            return site.exchange(request);
          };
      assertThat(enrol(device, site.connection(away), SECOND, Set.of()))
          .isEqualTo(new EnrolmentOutcome.VaultFailed(new VaultFailure.Unavailable()));
      assertThat(device.isPending(DeviceSlot.ENROLMENT)).isTrue();
      assertThat(device.enrol(site, FIRST)).isEqualTo(new EnrolmentOutcome.SamePassword());
      assertThat(device.enrol(site, SECOND)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
    }
  }

  /** The device never heard that it is enrolled, and by now the record is destroyed. */
  @Test
  @Verifies("ENR-9")
  void theJournalOfAFirstEnrolmentRecognisesThePasswordToo() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      VaultClient deaf = deafToActivate(site);
      assertThat(enrol(device, site.connection(deaf), FIRST, Set.of()))
          .isEqualTo(new EnrolmentOutcome.OutcomeUnknown(new VaultFailure.Unavailable()));
      EnrolmentProperties.destroy(site);
      assertThat(device.enrol(site, FIRST)).isEqualTo(new EnrolmentOutcome.SamePassword());
      assertThat(device.enrol(site, SECOND)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
    }
  }

  @Test
  @Verifies("ENR-9")
  void thePasswordOfAChangeThatWasNeverHeardOfIsRecognisedToo() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, FIRST);
      assertThat(device.change(site.connection(deafToActivate(site)), FIRST, SECOND))
          .isInstanceOf(PasswordChangeOutcome.OutcomeUnknown.class);
      EnrolmentProperties.destroy(site);
      assertThat(device.enrol(site, SECOND)).isEqualTo(new EnrolmentOutcome.SamePassword());
      assertThat(device.enrol(site, FIRST)).isEqualTo(new EnrolmentOutcome.SamePassword());
      assertThat(device.enrol(site, "a third one")).isInstanceOf(EnrolmentOutcome.Enrolled.class);
    }
  }

  private static VaultClient deafToActivate(VaultSite site) {
    return request -> {
      byte[] reply = site.exchange(request);
      if (Request.decode(request).orElseThrow() instanceof Request.Activate) {
        throw new IOException("reply lost");
      }
      return reply;
    };
  }

  private static EnrolmentOutcome enrol(
      TestDevice device, VaultConnection connection, String typed, Set<Acceptance> accepted) {
    try (Password password = VaultSite.password(typed)) {
      return device.run(
          state ->
              new Enrolment(state, connection)
                  .accepting(accepted)
                  .enrol(VaultSite.ALICE, password, PlainCopies.NONE));
    }
  }
}
