package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import lockstep.device.LostMessage;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.state.RehearsalOutcome;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** Passwords at a real vault, from a device that knows nothing. */
public class UnlockProperties {

  private static final String RIGHT = "correct horse";
  private static final String WRONG = "battery staple";

  @Test
  @Verifies({"ENR-3", "SES-8", "OPQ-2"})
  void theRightPasswordReleasesTheSameRootKey() {
    try (VaultSite site = new VaultSite()) {
      TestDevice first = new TestDevice();
      assertThat(first.enrol(site, RIGHT)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
      UnlockOutcome outcome = new TestDevice().unlock(site, RIGHT);
      try (OpenedAccount opened = released(outcome)) {
        assertThat(opened.rootKey().<byte[]>expose(byte[]::clone))
            .isEqualTo(first.rootKey().orElseThrow());
        assertThat(opened.mark()).isEmpty();
      }
    }
  }

  @Test
  @Verifies({"USR-4", "SES-7"})
  void eachWrongPasswordTellsHowManyAttemptsAreLeft() {
    try (VaultSite site = enrolled()) {
      TestDevice device = new TestDevice();
      for (int left = 4; left > 0; left--) {
        assertThat(device.unlock(site, WRONG)).isEqualTo(new UnlockOutcome.WrongPassword(left, 0));
      }
      long until = site.now().plus(Duration.ofHours(24)).toEpochMilli();
      assertThat(device.unlock(site, WRONG)).isEqualTo(new UnlockOutcome.WrongPassword(0, until));
      assertThat(device.unlock(site, WRONG)).isEqualTo(new UnlockOutcome.Locked(until));
      assertThat(device.unlock(site, RIGHT)).isEqualTo(new UnlockOutcome.Locked(until));
      site.pass(Duration.ofHours(24));
      released(device.unlock(site, RIGHT)).close();
      assertThat(device.unlock(site, WRONG)).isEqualTo(new UnlockOutcome.WrongPassword(4, 0));
    }
  }

  @Test
  @Verifies("USR-4")
  void whatOthersSpendMeanwhileIsNotToldAsLeft() {
    try (VaultSite site = enrolled()) {
      VaultClient network =
          request -> {
            if (Request.decode(request).orElseThrow() instanceof Request.Abandon) {
              new TestDevice().unlock(site, WRONG);
            }
            return site.exchange(request);
          };
      assertThat(new TestDevice().unlock(site.connection(network), WRONG))
          .isEqualTo(new UnlockOutcome.WrongPassword(3, 0));
    }
  }

  @Test
  @Verifies("USR-4")
  void theRightPasswordAsTheFifthAttemptOpens() {
    try (VaultSite site = enrolled()) {
      TestDevice device = new TestDevice();
      for (int i = 0; i < 4; i++) {
        device.unlock(site, WRONG);
      }
      released(device.unlock(site, RIGHT)).close();
    }
  }

  @Test
  @Verifies("USR-4")
  void afterTheLastRoundTheRecordIsDestroyed() {
    try (VaultSite site = enrolled()) {
      TestDevice device = new TestDevice();
      for (int i = 0; i < 5; i++) {
        device.unlock(site, WRONG);
      }
      site.pass(Duration.ofHours(24));
      for (int i = 0; i < 4; i++) {
        assertThat(device.unlock(site, WRONG)).isInstanceOf(UnlockOutcome.WrongPassword.class);
      }
      assertThat(device.unlock(site, WRONG)).isEqualTo(new UnlockOutcome.Destroyed());
      assertThat(device.unlock(site, RIGHT)).isEqualTo(new UnlockOutcome.Destroyed());
    }
  }

  @Test
  @Verifies("USR-3")
  void anAccountWithoutARecordIsNotEnrolled() {
    try (VaultSite site = new VaultSite()) {
      assertThat(new TestDevice().unlock(site, RIGHT)).isEqualTo(new UnlockOutcome.NotEnrolled());
    }
  }

  @Test
  @Verifies({"RST-8", "USR-6"})
  void theRestoredDeviceIsTheEnabledOne() {
    try (VaultSite site = new VaultSite()) {
      TestDevice first = new TestDevice();
      first.enrol(site, RIGHT);
      TestDevice second = new TestDevice();
      try (OpenedAccount opened = released(second.unlock(site, RIGHT))) {
        second.run(
            device -> {
              opened.recordEnabled(device);
              return true;
            });
      }
      assertThat(second.rootKey().orElseThrow()).isEqualTo(first.rootKey().orElseThrow());
      assertThat(second.rehearse(RIGHT)).isInstanceOf(RehearsalOutcome.ThePassword.class);
      assertThat(second.rehearse(WRONG)).isInstanceOf(RehearsalOutcome.NotThePassword.class);
      assertThat(second.change(site, RIGHT, "a third one"))
          .isInstanceOf(PasswordChangeOutcome.Changed.class);
    }
  }

  @Test
  @Verifies("ENR-2~2")
  @Exhaustive("request or reply of an unlock that can be lost")
  void everyLostMessageIsAnUnavailableVaultOrIsSentAgain() {
    for (int place = 0; ; place++) {
      try (VaultSite site = enrolled()) {
        LostMessage network = new LostMessage(site::exchange, place);
        UnlockOutcome outcome = new TestDevice().unlock(site.connection(network), RIGHT);
        if (!network.wasLost()) {
          released(outcome).close();
          assertThat(place).isEqualTo(6);
          return;
        }
        // Attempt and Finish are sent once more (SES-10); a lost Status ends the command.
        if (place < 2) {
          assertThat(outcome)
              .isEqualTo(new UnlockOutcome.VaultFailed(new VaultFailure.Unavailable()));
        } else {
          released(outcome).close();
          assertThat(site.status().successes()).isEqualTo(1);
        }
        Points.visited();
      }
    }
  }

  public static VaultSite enrolled() {
    VaultSite site = new VaultSite();
    assertThat(new TestDevice().enrol(site, RIGHT)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
    return site;
  }

  public static OpenedAccount released(UnlockOutcome outcome) {
    return outcome
        .<Optional<OpenedAccount>>match(
            Optional::of,
            wrong -> Optional.empty(),
            locked -> Optional.empty(),
            Optional::empty,
            Optional::empty,
            failure -> Optional.empty())
        .orElseThrow(() -> new AssertionError("not released: " + outcome));
  }
}
