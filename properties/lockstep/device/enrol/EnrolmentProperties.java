package lockstep.device.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import lockstep.device.CrashPoint;
import lockstep.device.LostMessage;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.TestProvider;
import lockstep.device.VaultSite;
import lockstep.device.leaving.RestartOutcome;
import lockstep.device.leaving.RestartProtocol;
import lockstep.device.notices.VaultNotice;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.PlainCopies;
import lockstep.device.state.RehearsalOutcome;
import lockstep.device.vault.OpenedAccount;
import lockstep.device.vault.UnlockProperties;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultFailure;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** Enabling with a password: at first, after crashes, after destruction, afresh. */
public class EnrolmentProperties {

  private static final String FIRST = "the first password";
  private static final String SECOND = "a second password";

  @Test
  @Verifies({"ENR-3", "ENR-5~2"})
  @Exhaustive("message and state write at which enrolment can stop")
  void everyCrashIsFinishedByARerun() throws IOException {
    int place = 0;
    while (true) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = new TestDevice();
        CrashPoint crash = new CrashPoint(place);
        crashEnrolment(site, device, crash);
        boolean activated = site.status().record() == Reply.RecordState.ACTIVE;
        if (device.rootKey().isPresent()) {
          assertThat(activated).as("enabled only once activated").isTrue();
        }
        boolean recorded = activated && !device.isPending(DeviceSlot.ENROLMENT);
        Messages messages = new Messages(site::exchange);
        EnrolmentOutcome again = enrol(site.connection(messages), device, FIRST);
        if (recorded) {
          assertThat(again).isEqualTo(new EnrolmentOutcome.AlreadyEnabled());
        } else {
          assertThat(again).as("place %d", place).isInstanceOf(EnrolmentOutcome.Enrolled.class);
        }
        assertThat(messages.count(Request.Register.class)).isEqualTo(activated ? 0 : 1);
        opensAndRehearses(site, device, FIRST);
        if (!crash.wasReached()) {
          break;
        }
      }
      place++;
      Points.visited();
    }
    assertThat(place).isGreaterThan(12);
  }

  @Test
  @Verifies({"ENR-3", "ENR-5~2"})
  @Exhaustive("request or reply of an enrolment that can be lost")
  void everyLostMessageIsFinishedByARerun() {
    for (int place = 0; ; place++) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = new TestDevice();
        LostMessage network = new LostMessage(site::exchange, place);
        EnrolmentOutcome outcome = enrol(site.connection(network), device, FIRST);
        if (!network.wasLost()) {
          assertThat(place).isGreaterThan(10);
          return;
        }
        // Confirm and Finish are sent once more (SES-10); what else is lost ends the command.
        if (!(outcome instanceof EnrolmentOutcome.Enrolled)) {
          assertThat(outcome)
              .isIn(
                  new EnrolmentOutcome.VaultFailed(new VaultFailure.Unavailable()),
                  new EnrolmentOutcome.OutcomeUnknown(new VaultFailure.Unavailable()));
          assertThat(device.rootKey()).isEmpty();
          assertThat(enrol(site.connection(), device, FIRST))
              .isInstanceOf(EnrolmentOutcome.Enrolled.class);
        }
        opensAndRehearses(site, device, FIRST);
        Points.visited();
      }
    }
  }

  @Test
  @Verifies("ENR-5~2")
  void aRerunWithAnotherPasswordSaysThatTheEarlierOneIsInForce() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      assertThatThrownBy(() -> enrol(site.connection(dyingAfterActivation(site)), device, FIRST))
          .isInstanceOf(CrashPoint.Crash.class);
      assertThat(device.enrol(site, SECOND))
          .isInstanceOf(EnrolmentOutcome.EnrolledWithEarlierPassword.class);
      opensAndRehearses(site, device, FIRST);
    }
  }

  @Test
  @Verifies("ENR-3")
  void theRootKeyIsJournalledBeforeTheVaultHearsOfAStage() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      VaultClient cut =
          request -> {
            if (Request.decode(request).orElseThrow() instanceof Request.Register) {
              throw new IOException("connection cut");
            }
            return site.exchange(request);
          };
      assertThat(enrol(site.connection(cut), device, FIRST))
          .isEqualTo(new EnrolmentOutcome.VaultFailed(new VaultFailure.Unavailable()));
      assertThat(device.isPending(DeviceSlot.ENROLMENT)).isTrue();
    }
  }

  @Test
  @Verifies("ENR-5~2")
  void anInterruptedEnrolmentIsNotAnotherAccounts() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      assertThatThrownBy(() -> enrol(site.connection(dyingAfterActivation(site)), device, FIRST))
          .isInstanceOf(CrashPoint.Crash.class);
      AccountName bob = new AccountName("bob");
      assertThat(device.enrol(site, bob, SECOND)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
      AccountName enabled =
          device.run(
              state -> {
                try (EnabledDevice known = state.enabled().orElseThrow()) {
                  return known.account();
                }
              });
      assertThat(enabled).isEqualTo(bob);
    }
  }

  @Test
  @Verifies("ENR-3")
  void anAccountWithARecordIsNotEnrolledOver() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, FIRST);
      assertThat(device.enrol(site, SECOND)).isEqualTo(new EnrolmentOutcome.AlreadyEnabled());
      assertThat(new TestDevice().enrol(site, SECOND))
          .isEqualTo(new EnrolmentOutcome.AlreadyEnrolled());
      opensAndRehearses(site, device, FIRST);
    }
  }

  @Test
  @Verifies({"ENR-6", "USR-5~2"})
  void afterDestructionTheDeviceEnrolsTheSameRootKeyAgain() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = new TestDevice();
      device.enrol(site, FIRST);
      provider.backUp(device, Optional.of(site.connection()));
      byte[] rootKey = device.rootKey().orElseThrow();
      destroy(site);
      assertThat(device.contact(site).notices()).contains(new VaultNotice.RecordDestroyed());
      assertThat(device.change(site, FIRST, SECOND))
          .isEqualTo(new PasswordChangeOutcome.Destroyed());
      assertThat(new TestDevice().enrol(site, SECOND)).isEqualTo(new EnrolmentOutcome.Destroyed());

      assertThat(device.enrol(site, SECOND)).isInstanceOf(EnrolmentOutcome.Enrolled.class);

      assertThat(device.rootKey().orElseThrow()).isEqualTo(rootKey);
      assertThat(provider.opens(rootKey)).isTrue();
      assertThat(knowsItsBackup(device)).isTrue();
      assertThat(site.status().epoch()).isEqualTo(2);
      opensAndRehearses(site, device, SECOND);
    }
  }

  @Test
  @Verifies({"ENR-6", "LIM-14"})
  void contactAndBackupNeverEnrolByThemselves() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = new TestDevice();
      device.enrol(site, FIRST);
      destroy(site);
      for (int i = 0; i < 3; i++) {
        device.contact(site);
        provider.backUp(device, Optional.of(site.connection()));
      }
      assertThat(site.status().record()).isEqualTo(Reply.RecordState.DESTROYED);
      assertThat(site.status().epoch()).isEqualTo(1);
    }
  }

  @Test
  @Verifies({"DIS-3", "ENR-3"})
  void sevenDaysAfterARestartSomebodyWithoutAnythingEnrolsAfresh() {
    try (VaultSite site = new VaultSite()) {
      TestDevice lost = new TestDevice();
      lost.enrol(site, FIRST);
      byte[] old = lost.rootKey().orElseThrow();
      TestDevice device = new TestDevice();
      assertThat(complete(site, device)).isEqualTo(new RestartOutcome.NotRequested());
      long completesAt = site.now().plus(Duration.ofDays(7)).toEpochMilli();
      assertThat(request(site, device)).isEqualTo(new RestartOutcome.Pending(completesAt));
      site.pass(Duration.ofDays(7).minusMillis(1));
      assertThat(complete(site, device)).isEqualTo(new RestartOutcome.Pending(completesAt));
      site.pass(Duration.ofMillis(1));
      assertThat(complete(site, device)).isEqualTo(new RestartOutcome.Restarted());
      assertThat(device.enrol(site, SECOND)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
      assertThat(device.rootKey().orElseThrow()).isNotEqualTo(old);
      opensAndRehearses(site, device, SECOND);
      assertThat(lost.contact(site).notices()).contains(new VaultNotice.RecordReplaced());
    }
  }

  @Test
  @Verifies({"DIS-3", "USR-5~2"})
  void theEnabledDeviceCancelsARestartAtItsNextContactAndSaysSo() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, FIRST);
      TestDevice thief = new TestDevice();
      long completesAt = site.now().plus(Duration.ofDays(7)).toEpochMilli();
      request(site, thief);
      site.pass(Duration.ofDays(3));
      assertThat(device.contact(site).notices())
          .contains(new VaultNotice.RestartCancelled(completesAt));
      site.pass(Duration.ofDays(7));
      assertThat(complete(site, thief)).isEqualTo(new RestartOutcome.NotRequested());
      opensAndRehearses(site, device, FIRST);
    }
  }

  private static boolean knowsItsBackup(TestDevice device) {
    return device.run(
        state -> {
          try (EnabledDevice known = state.enabled().orElseThrow()) {
            return known.lastBackup().isPresent() && known.floor().isPresent();
          }
        });
  }

  public static void destroy(VaultSite site) {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5; i++) {
        new TestDevice().unlock(site, "battery staple");
      }
      site.pass(Duration.ofHours(24));
    }
    assertThat(site.status().record()).isEqualTo(Reply.RecordState.DESTROYED);
  }

  private static RestartOutcome request(VaultSite site, TestDevice device) {
    return device.run(
        state -> new RestartProtocol(state, site.connection()).request(VaultSite.ALICE));
  }

  private static RestartOutcome complete(VaultSite site, TestDevice device) {
    return device.run(
        state -> new RestartProtocol(state, site.connection()).complete(VaultSite.ALICE));
  }

  private static EnrolmentOutcome enrol(
      VaultConnection connection, TestDevice device, String typed) {
    try (Password password = VaultSite.password(typed)) {
      return device.run(
          state ->
              new Enrolment(state, connection).enrol(VaultSite.ALICE, password, PlainCopies.NONE));
    }
  }

  private static void crashEnrolment(VaultSite site, TestDevice device, CrashPoint crash)
      throws IOException {
    try (Password password = VaultSite.password(FIRST)) {
      device.run(
          crash::in,
          state ->
              new Enrolment(state, site.connection(crash.in(site::exchange)))
                  .enrol(VaultSite.ALICE, password, PlainCopies.NONE));
    } catch (CrashPoint.Crash crashed) {
      assertThat(crash.wasReached()).isTrue();
    }
  }

  private static VaultClient dyingAfterActivation(VaultSite site) {
    return request -> {
      byte[] reply = site.exchange(request);
      if (Request.decode(request).orElseThrow() instanceof Request.Activate) {
        throw new CrashPoint.Crash();
      }
      return reply;
    };
  }

  private static void opensAndRehearses(VaultSite site, TestDevice device, String typed) {
    try (OpenedAccount opened = UnlockProperties.released(new TestDevice().unlock(site, typed))) {
      assertThat(opened.rootKey().<byte[]>expose(byte[]::clone))
          .isEqualTo(device.rootKey().orElseThrow());
    }
    assertThat(device.rehearse(typed)).isInstanceOf(RehearsalOutcome.ThePassword.class);
  }
}
