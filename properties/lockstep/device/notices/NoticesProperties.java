package lockstep.device.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.run.MarkSetter;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.Progress;
import lockstep.device.CrashPoint;
import lockstep.device.TestDevice;
import lockstep.device.TestProvider;
import lockstep.device.VaultSite;
import lockstep.device.contact.MarkKeeper;
import lockstep.device.contact.VaultContact;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.enrol.EnrolmentProperties;
import lockstep.device.leaving.DisableOutcome;
import lockstep.device.leaving.DisableProperties;
import lockstep.device.leaving.RestartOutcome;
import lockstep.device.leaving.RestartProtocol;
import lockstep.device.notices.VaultNotice.AttemptsByOthers;
import lockstep.device.notices.VaultNotice.LockedByOthers;
import lockstep.device.notices.VaultNotice.RestartCancelled;
import lockstep.device.notices.VaultNotice.UnlockedElsewhere;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.rotation.KeyRotation;
import lockstep.device.rotation.KeyRotationOutcome;
import lockstep.device.rotation.KeyRotationProperties;
import lockstep.device.state.DeviceSlot;
import lockstep.device.vault.ConversationEnded;
import lockstep.device.vault.OpenedAccount;
import lockstep.device.vault.UnlockProperties;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultConversation;
import lockstep.format.SealedDigest;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** What others did is told by whichever command hears of it first, and until then it is kept. */
class NoticesProperties {

  private static final String PASSWORD = "correct horse";
  private static final String NEXT = "another password";
  private static final String WRONG = "battery staple";

  @Test
  @Verifies("USR-5~2")
  void anUnlockIsNotHiddenByAWrongAttemptARestartOrANewerMark() {
    for (Intruder cover :
        List.<Intruder>of(
            (site, intruder) -> intruder.unlock(site, WRONG),
            (site, intruder) -> request(site),
            NoticesProperties::marksAHigherBackup)) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = enabled(site);
        TestDevice intruder = new TestDevice();
        UnlockProperties.released(intruder.unlock(site, PASSWORD)).close();
        cover.covers(site, intruder);
        assertThat(device.contact(site).notices()).contains(new UnlockedElsewhere());
        assertThat(device.contact(site).notices()).doesNotContain(new UnlockedElsewhere());
      }
    }
  }

  @Test
  @Verifies({"USR-5~2", "USR-9"})
  void aPasswordChangeTellsOfAttemptsAndOfTheRestartThatItCancels() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enabled(site);
      long completesAt = threeAttemptsAndARestart(site);
      assertThat(device.change(site, PASSWORD, NEXT))
          .isInstanceOf(PasswordChangeOutcome.Changed.class);
      assertThat(site.status().restartAt()).isZero();
      assertThat(device.tell())
          .containsExactlyInAnyOrder(new AttemptsByOthers(3, 1), new RestartCancelled(completesAt));
      assertThat(device.contact(site).notices()).isEmpty();
    }
  }

  @Test
  @Verifies({"USR-5~2", "USR-9"})
  void aRotationTellsOfThemToo() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      device.contact(site);
      long completesAt = threeAttemptsAndARestart(site);
      try (Password password = VaultSite.password(PASSWORD)) {
        KeyRotationOutcome outcome =
            device.run(
                state ->
                    new KeyRotation(state, provider.storage(), provider.notes())
                        .rotate(site.connection(), password, Progress.NONE));
        assertThat(outcome).isEqualTo(new KeyRotationOutcome.Rotated());
      }
      assertThat(device.tell())
          .contains(new AttemptsByOthers(3, 1), new RestartCancelled(completesAt));
    }
  }

  @Test
  @Verifies({"USR-5~2", "USR-8", "USR-9"})
  void disablingTellsOfThemAfterTheDeviceHasForgottenAllElse() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      device.contact(site);
      long completesAt = threeAttemptsAndARestart(site);
      DisableOutcome outcome =
          device.run(state -> DisableProperties.disable(state, site.connection(), provider, true));
      assertThat(outcome).isEqualTo(new DisableOutcome.Disabled());
      assertThat(device.tell())
          .contains(new AttemptsByOthers(3, 1), new RestartCancelled(completesAt));
      assertThat(device.tell()).isEmpty();
      assertThat(device.isPending(DeviceSlot.NOTICES)).isFalse();
    }
  }

  @Test
  @Verifies("USR-5~2")
  void enablingAgainTellsWhatHasHappened() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enabled(site);
      new TestDevice().unlock(site, WRONG);
      assertThat(device.enrol(site, PASSWORD)).isEqualTo(new EnrolmentOutcome.AlreadyEnabled());
      assertThat(device.tell()).containsExactly(new AttemptsByOthers(1, 1));
      EnrolmentProperties.destroy(site);
      assertThat(device.enrol(site, NEXT)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
      assertThat(device.tell()).contains(new VaultNotice.RecordDestroyed());
      assertThat(device.contact(site).notices()).isEmpty();
    }
  }

  @Test
  @Verifies("USR-5~2")
  void whatHappensWhileABackupIsUploadedIsToldAfterIt() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enabled(site);
      for (int i = 0; i < 4; i++) {
        new TestDevice().unlock(site, WRONG);
      }
      MarkSetter.Result marked =
          device.run(
              state ->
                  new MarkKeeper(state, Optional.of(site.connection()))
                      .set(new BackupMark(1, SealedDigest.of(new byte[32]))));
      assertThat(marked).isEqualTo(MarkSetter.Result.SET);
      assertThat(device.tell()).containsExactly(new AttemptsByOthers(4, 1));
    }
  }

  /** The restore of an enabled device, whose own attempt would wipe the others' charges out. */
  @Test
  @Verifies("USR-5~2")
  void anUnlockOnTheEnabledDeviceTellsWhatItWipesOut() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enabled(site);
      new TestDevice().unlock(site, WRONG);
      UnlockProperties.released(device.unlock(site, PASSWORD)).close();
      assertThat(device.tell()).containsExactly(new AttemptsByOthers(1, 1));
      assertThat(device.contact(site).notices()).isEmpty();
    }
  }

  @Test
  @Verifies("USR-5~2")
  void anAttemptBetweenTheReportAndTheDevicesOwnIsTold() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enabled(site);
      VaultClient busy =
          request -> {
            if (Request.decode(request).orElseThrow() instanceof Request.Attempt) {
              new TestDevice().unlock(site, WRONG);
            }
            return site.exchange(request);
          };
      UnlockProperties.released(device.unlock(site.connection(busy), PASSWORD)).close();
      assertThat(device.tell()).containsExactly(new AttemptsByOthers(1, 1));
    }
  }

  @Test
  @Verifies("USR-5~2")
  void whatHappensBetweenAttemptAndProofIsTold() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enabled(site);
      VaultClient busy =
          request -> {
            if (Request.decode(request).orElseThrow() instanceof Request.Finish) {
              new TestDevice().unlock(site, WRONG);
            }
            return site.exchange(request);
          };
      UnlockProperties.released(device.unlock(site.connection(busy), PASSWORD)).close();
      assertThat(device.tell()).containsExactly(new VaultNotice.ActsByOthers(1));
    }
  }

  @Test
  @Verifies("USR-5~2")
  void aRoundThatWasUsedUpAndADestructionInBetweenAreTold() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enabled(site);
      for (int i = 0; i < 6; i++) {
        new TestDevice().unlock(site, WRONG);
        site.pass(i == 4 ? Duration.ofHours(24) : Duration.ZERO);
      }
      assertThat(device.contact(site).notices()).containsExactly(new AttemptsByOthers(1, 2));
      TestDevice other = new TestDevice();
      try (OpenedAccount opened = UnlockProperties.released(other.unlock(site, PASSWORD))) {
        recordEnabled(other, opened);
      }
      EnrolmentProperties.destroy(site);
      assertThat(other.enrol(site, NEXT)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
      assertThat(device.contact(site).notices())
          .contains(
              new VaultNotice.DestroyedMeanwhile(), new VaultNotice.PasswordChangedElsewhere());
    }
  }

  /** Whoever took the account over keeps the messenger from vouching for its owner. */
  @Test
  @Verifies("USR-9")
  void withoutATokenTheSignatureGoesAlone() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enabled(site);
      VaultConnection noToken =
          new VaultConnection(
              site::exchange,
              site.connection().publicKey(),
              (account, vault) -> {
                throw new IOException("logged out");
              });
      assertThat(device.change(noToken, PASSWORD, NEXT))
          .isInstanceOf(PasswordChangeOutcome.Changed.class);
    }
  }

  @Test
  @Verifies("USR-8")
  void whatWasHeardIsKeptOrToldWhereverTheCommandDies() throws IOException {
    for (int place = 0; ; place++) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = enabled(site);
        for (int i = 0; i < 5; i++) {
          new TestDevice().unlock(site, WRONG);
        }
        long until = site.status().lockedUntil();
        CrashPoint crash = new CrashPoint(place);
        contactThatDies(device, site, crash);
        List<VaultNotice> told = new ArrayList<>(device.contact(site).notices());
        assertThat(told)
            .as("place %d", place)
            .containsExactlyInAnyOrder(new AttemptsByOthers(5, 1), new LockedByOthers(until));
        assertThat(device.tell()).isEmpty();
        if (!crash.wasReached()) {
          assertThat(place).isGreaterThan(5);
          return;
        }
      }
    }
  }

  @Test
  @Verifies("USR-8")
  void everyNoticeIsReadAsItWasWrittenAndTheStoreIsBounded() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enabled(site);
      Set<VaultNotice> every =
          Set.of(
              new AttemptsByOthers(3, 2),
              new VaultNotice.ActsByOthers(4),
              new UnlockedElsewhere(),
              new LockedByOthers(5),
              new VaultNotice.RestartRequested(6),
              new RestartCancelled(7),
              new VaultNotice.RecordDestroyed(),
              new VaultNotice.DestroyedMeanwhile(),
              new VaultNotice.RecordReplaced(),
              new VaultNotice.PasswordChangedElsewhere(),
              new VaultNotice.PasswordChangeTookEffect(),
              new VaultNotice.NewerBackup(8));
      every.forEach(notice -> keep(device, site, notice));
      for (int i = 0; i < 100; i++) {
        keep(device, site, new LockedByOthers(1000 + i));
      }
      List<VaultNotice> told = device.tell();
      assertThat(told).hasSize(64).contains(new LockedByOthers(1099));
      assertThat(told)
          .containsAll(every.stream().filter(n -> !(n instanceof LockedByOthers)).toList());
    }
  }

  @Test
  @Verifies("USR-8")
  void onlyWhatWasShownIsTakenOff() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = enabled(site);
      keep(device, site, new UnlockedElsewhere());
      List<VaultNotice> shown = device.run(state -> new Notices(state).untold());
      keep(device, site, new LockedByOthers(9));
      device.run(
          state -> {
            new Notices(state).told(shown);
            return true;
          });
      assertThat(device.tell()).containsExactly(new LockedByOthers(9));
    }
  }

  /** What an intruder does after the unlock. */
  @FunctionalInterface
  private interface Intruder {
    void covers(VaultSite site, TestDevice intruder);
  }

  private static void marksAHigherBackup(VaultSite site, TestDevice intruder) {
    try (OpenedAccount opened = UnlockProperties.released(intruder.unlock(site, PASSWORD))) {
      recordEnabled(intruder, opened);
    }
    intruder.run(
        state ->
            new MarkKeeper(state, Optional.of(site.connection()))
                .set(new BackupMark(9, SealedDigest.of(new byte[32]))));
  }

  private static TestDevice enabled(VaultSite site) {
    TestDevice device = new TestDevice();
    device.enrol(site, PASSWORD);
    assertThat(device.contact(site).notices()).isEmpty();
    return device;
  }

  private static long threeAttemptsAndARestart(VaultSite site) {
    for (int i = 0; i < 3; i++) {
      new TestDevice().unlock(site, WRONG);
    }
    return request(site);
  }

  /** The vault proves 63 steps; after more of them the user is told what nobody can exclude. */
  @Test
  @Verifies({"RCP-4", "USR-8"})
  void whatTheChainCannotProveIsTold() {
    for (int steps : new int[] {63, 64, 100}) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = enabled(site);
        device.contact(site);
        for (int i = 0; i < steps; i++) {
          request(site);
        }
        VaultNotice told = new VaultNotice.RollbackNotExcluded(steps);
        List<VaultNotice> notices = device.contact(site).notices();
        assertThat(notices.contains(told)).isEqualTo(steps > 63);
        assertThat(device.contact(site).notices()).doesNotContain(told);
      }
    }
  }

  /** Else nobody would tell it: the next report is compared with the one that is known by then. */
  @Test
  @Verifies({"RCP-4", "USR-8"})
  void whatTheChainCannotProveIsToldWhereverTheCommandDies() throws IOException {
    for (int place = 0; ; place++) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = enabled(site);
        for (int i = 0; i < 64; i++) {
          request(site);
        }
        CrashPoint crash = new CrashPoint(place);
        contactThatDies(device, site, crash);
        assertThat(device.contact(site).notices())
            .as("place %d", place)
            .hasAtLeastOneElementOfType(VaultNotice.RollbackNotExcluded.class);
        if (!crash.wasReached()) {
          assertThat(place).isGreaterThan(3);
          return;
        }
      }
    }
  }

  private static void contactThatDies(TestDevice device, VaultSite site, CrashPoint crash)
      throws IOException {
    try {
      device.run(
          crash::in,
          state -> new VaultContact(state, site.connection(crash.in(site::exchange))).contact());
    } catch (CrashPoint.Crash crashed) {
      assertThat(crash.wasReached()).isTrue();
    }
  }

  private static long request(VaultSite site) {
    RestartOutcome asked =
        new TestDevice()
            .run(state -> new RestartProtocol(state, site.connection()).request(VaultSite.ALICE));
    return ((RestartOutcome.Pending) asked).completesAt();
  }

  private static void recordEnabled(TestDevice device, OpenedAccount opened) {
    device.run(
        state -> {
          opened.recordEnabled(state);
          return true;
        });
  }

  private static void keep(TestDevice device, VaultSite site, VaultNotice notice) {
    device.run(
        state -> {
          try {
            VaultConversation.begin(state, site.connection(), VaultSite.ALICE).keep(notice);
            return true;
          } catch (ConversationEnded ended) {
            throw new AssertionError(ended);
          }
        });
  }
}
