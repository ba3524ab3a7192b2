package lockstep.device.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import lockstep.device.CrashPoint;
import lockstep.device.HeldBack;
import lockstep.device.LostMessage;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.notices.VaultNotice;
import lockstep.device.rotation.KeyRotationProperties;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.RehearsalOutcome;
import lockstep.device.vault.OpenedAccount;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.UnlockProperties;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultFailure;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** A password change, whole and interrupted at every exchange and every change of state. */
class PasswordChangeProperties {

  private static final String OLD = "the old password";
  private static final String NEW = "the new password";
  private static final String THIRD = "another password";

  @Test
  @Verifies({"CHG-1", "CHG-2", "USR-6"})
  void afterAChangeTheNewPasswordOpensAndTheOldOneDoesNot() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enrolled(site);
      assertThat(device.change(site, OLD, NEW)).isInstanceOf(PasswordChangeOutcome.Changed.class);
      assertThat(opening(site)).containsExactly(NEW);
      assertThat(device.rehearse(NEW)).isInstanceOf(RehearsalOutcome.ThePassword.class);
      assertThat(device.rehearse(OLD)).isInstanceOf(RehearsalOutcome.NotThePassword.class);
    }
  }

  @Test
  @Verifies("CHG-1")
  void theWrongPreviousPasswordChangesNothingAndCostsAnAttempt() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enrolled(site);
      Messages messages = new Messages(site::exchange);
      assertThat(device.change(site.connection(messages), THIRD, NEW))
          .isEqualTo(new PasswordChangeOutcome.WrongPassword(4, 0));
      assertThat(messages.count(Request.Register.class)).isZero();
      assertThat(site.status().activeGeneration()).isEqualTo(1);
    }
  }

  @Test
  void withoutAPasswordInForceThereIsNothingToChange() {
    try (VaultSite site = new VaultSite()) {
      assertThat(new TestDevice().change(site, OLD, NEW))
          .isEqualTo(new PasswordChangeOutcome.NotEnabled());
      assertThat(KeyRotationProperties.inKeyMode().change(site, OLD, NEW))
          .isEqualTo(new PasswordChangeOutcome.NotEnabled());
    }
  }

  @Test
  @Verifies({"CHG-2", "CHG-3"})
  @Exhaustive("message and state write at which a change can stop")
  void atEveryCrashPointExactlyOnePasswordOpens() throws IOException {
    int place = 0;
    while (true) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = enrolled(site);
        CrashPoint crash = new CrashPoint(place);
        crashChange(site, device, crash);
        if (!crash.wasReached()) {
          break;
        }
        boolean activated = site.status().activeGeneration() == 2;
        site.restart();
        assertThat(opening(site)).as("place %d", place).containsExactly(activated ? NEW : OLD);
        finishAfter(site, device, activated);
      }
      place++;
      Points.visited();
    }
    assertThat(place).isGreaterThan(20);
  }

  /** Run again: once activated, the previous password is not asked of the vault at all. */
  private static void finishAfter(VaultSite site, TestDevice device, boolean activated) {
    Messages messages = new Messages(site::exchange);
    boolean recorded = !device.isPending(DeviceSlot.PASSWORD_CHANGE);
    if (activated && recorded) {
      assertThat(device.rehearse(NEW)).isInstanceOf(RehearsalOutcome.ThePassword.class);
    } else {
      assertThat(device.rehearse(NEW)).isNotInstanceOf(RehearsalOutcome.ThePassword.class);
    }
    PasswordChangeOutcome outcome =
        device.change(site.connection(messages), activated && recorded ? NEW : OLD, NEW);
    assertThat(outcome).isInstanceOf(PasswordChangeOutcome.Changed.class);
    if (activated && !recorded) {
      assertThat(messages.count(Request.Attempt.class)).isZero();
    }
    assertThat(opening(site)).containsExactly(NEW);
    assertThat(device.rehearse(NEW)).isInstanceOf(RehearsalOutcome.ThePassword.class);
    assertThat(device.rehearse(OLD)).isInstanceOf(RehearsalOutcome.NotThePassword.class);
    assertThat(device.contact(site).notices())
        .allMatch(
            notice ->
                notice instanceof VaultNotice.AttemptsByOthers
                    || notice instanceof VaultNotice.UnlockedElsewhere);
  }

  @Test
  @Verifies("CHG-3")
  void aRerunAfterActivationWithAnotherPasswordSaysWhichIsInForce() throws IOException {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enrolled(site);
      crashAfterActivation(site, device);
      int before = site.status().charges();
      assertThat(device.change(site, THIRD, THIRD))
          .isInstanceOf(PasswordChangeOutcome.EarlierChangeTookEffect.class);
      assertThat(site.status().charges()).isEqualTo(before);
      assertThat(opening(site)).containsExactly(NEW);
    }
  }

  @Test
  @Verifies({"CHG-3", "USR-5~2"})
  void aLaterChangeOnAnotherDeviceIsNotTakenForTheInterruptedOne() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enrolled(site);
      VaultClient cut =
          request -> {
            if (Request.decode(request).orElseThrow() instanceof Request.Activate) {
              throw new IOException("request lost");
            }
            return site.exchange(request);
          };
      assertThat(device.change(site.connection(cut), OLD, NEW))
          .isInstanceOf(PasswordChangeOutcome.OutcomeUnknown.class);
      TestDevice other = restored(site);
      assertThat(other.change(site, OLD, THIRD)).isInstanceOf(PasswordChangeOutcome.Changed.class);
      assertThat(device.contact(site).notices())
          .contains(new VaultNotice.PasswordChangedElsewhere())
          .doesNotContain(new VaultNotice.PasswordChangeTookEffect());
      assertThat(device.rehearse(NEW)).isNotInstanceOf(RehearsalOutcome.ThePassword.class);
    }
  }

  private static TestDevice restored(VaultSite site) {
    TestDevice other = new TestDevice();
    try (OpenedAccount opened = UnlockProperties.released(other.unlock(site, OLD))) {
      other.run(
          state -> {
            opened.recordEnabled(state);
            return true;
          });
    }
    return other;
  }

  @Test
  @Verifies({"CHG-2", "CHG-4", "USR-6"})
  @Exhaustive("request or reply of a change that can be lost")
  void everyLostMessageLeavesOnePasswordAndAnHonestAnswer() {
    int place = 0;
    boolean unknownSeen = false;
    while (true) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = enrolled(site);
        LostMessage network = new LostMessage(site::exchange, place);
        PasswordChangeOutcome outcome = device.change(site.connection(network), OLD, NEW);
        if (!network.wasLost()) {
          break;
        }
        boolean activated = site.status().activeGeneration() == 2;
        if (outcome instanceof PasswordChangeOutcome.OutcomeUnknown) {
          unknownSeen = true;
          assertThat(device.rehearse(NEW)).isInstanceOf(RehearsalOutcome.ChangePending.class);
        } else if (outcome instanceof PasswordChangeOutcome.Changed) {
          assertThat(activated).isTrue();
        } else {
          assertThat(activated).isFalse();
          assertThat(outcome)
              .isEqualTo(new PasswordChangeOutcome.VaultFailed(new VaultFailure.Unavailable()));
        }
        assertThat(opening(site)).containsExactly(activated ? NEW : OLD);
        finishAfter(site, device, activated);
      }
      place++;
      Points.visited();
    }
    assertThat(unknownSeen).isTrue();
  }

  /** The network keeps the Activate back, and delivers it within the next change, anywhere. */
  @Test
  @Verifies({"CHG-2", "CHG-3"})
  @Exhaustive("message of the next change before which a held Activate can arrive")
  void anActivateThatWasHeldBackIsRecognisedWhenItArrives() {
    for (int place = 0; place < 9; place++) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = enrolled(site);
        HeldBack network = new HeldBack(site::exchange, place);
        assertThat(device.change(site.connection(network), OLD, NEW))
            .isInstanceOf(PasswordChangeOutcome.OutcomeUnknown.class);
        PasswordChangeOutcome next = device.change(site.connection(network), OLD, THIRD);
        if (site.status().activeGeneration() == 2) {
          boolean told = next instanceof PasswordChangeOutcome.EarlierChangeTookEffect;
          assertThat(told ? next : device.change(site, OLD, NEW))
              .isInstanceOfAny(
                  PasswordChangeOutcome.EarlierChangeTookEffect.class,
                  PasswordChangeOutcome.Changed.class);
          assertThat(device.rehearse(NEW)).isInstanceOf(RehearsalOutcome.ThePassword.class);
        } else {
          assertThat(device.rehearse(THIRD)).isInstanceOf(RehearsalOutcome.ThePassword.class);
        }
        Points.visited();
      }
    }
  }

  @Test
  @Verifies({"CHG-4", "USR-5~2"})
  void theNextContactFindsOutWhichPasswordHolds() throws IOException {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enrolled(site);
      crashAfterActivation(site, device);
      assertThat(device.contact(site).notices())
          .contains(new VaultNotice.PasswordChangeTookEffect());
      assertThat(device.rehearse(NEW)).isInstanceOf(RehearsalOutcome.ThePassword.class);
      assertThat(device.contact(site).notices()).isEmpty();
    }
  }

  @Test
  @Verifies({"LIM-14", "CHG-2"})
  void changesThatFailNeverRefillTheBudget() throws IOException {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enrolled(site);
      int spent = 0;
      while (site.status().lockedUntil() == 0) {
        int before = site.status().charges();
        PasswordChangeOutcome outcome = device.change(site, THIRD, NEW);
        assertThat(outcome).isInstanceOf(PasswordChangeOutcome.WrongPassword.class);
        assertThat(site.status().charges()).isEqualTo(before + 1);
        spent++;
      }
      assertThat(spent).isEqualTo(5);
      assertThat(device.change(site, OLD, NEW)).isInstanceOf(PasswordChangeOutcome.Locked.class);
    }
  }

  @Test
  @Verifies({"USR-5~2", "USR-6"})
  void aPasswordChangedElsewhereIsNoticedAndNoLongerRehearsed() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enrolled(site);
      restored(site).change(site, OLD, NEW);
      assertThat(device.contact(site).notices())
          .contains(new VaultNotice.PasswordChangedElsewhere());
      assertThat(device.isPending(DeviceSlot.REHEARSAL)).as("the old verifier").isFalse();
      assertThat(device.rehearse(OLD)).isInstanceOf(RehearsalOutcome.NothingToCompare.class);
      assertThat(device.change(site, NEW, THIRD)).isInstanceOf(PasswordChangeOutcome.Changed.class);
      UnlockProperties.released(new TestDevice().unlock(site, THIRD)).close();
      assertThat(opening(site)).isEmpty();
    }
  }

  private static TestDevice enrolled(VaultSite site) {
    TestDevice device = new TestDevice();
    assertThat(device.enrol(site, OLD)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
    return device;
  }

  private static void crashChange(VaultSite site, TestDevice device, CrashPoint crash)
      throws IOException {
    try (Password previous = VaultSite.password(OLD);
        Password next = VaultSite.password(NEW)) {
      PasswordChangeOutcome outcome =
          device.run(
              crash::in,
              state ->
                  new PasswordChangeProtocol(state, site.connection(crash.in(site::exchange)))
                      .change(previous, next));
      assertThat(outcome).isInstanceOf(PasswordChangeOutcome.Changed.class);
    } catch (CrashPoint.Crash crashed) {
      assertThat(crash.wasReached()).isTrue();
    }
  }

  private static void crashAfterActivation(VaultSite site, TestDevice device) throws IOException {
    VaultClient dying =
        request -> {
          byte[] reply = site.exchange(request);
          if (Request.decode(request).orElseThrow() instanceof Request.Activate) {
            throw new CrashPoint.Crash();
          }
          return reply;
        };
    assertThatThrownBy(() -> device.change(site.connection(dying), OLD, NEW))
        .isInstanceOf(CrashPoint.Crash.class);
    assertThat(opening(site)).containsExactly(NEW);
  }

  /** Which of the passwords open the record, asked on a device that knows nothing. */
  static List<String> opening(VaultSite site) {
    return List.of(OLD, NEW).stream()
        .filter(
            typed -> {
              UnlockOutcome outcome = new TestDevice().unlock(site, typed);
              if (outcome instanceof UnlockOutcome.Released released) {
                released.account().close();
                return true;
              }
              assertThat(outcome).isInstanceOf(UnlockOutcome.WrongPassword.class);
              return false;
            })
        .toList();
  }
}
