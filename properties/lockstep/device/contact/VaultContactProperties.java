package lockstep.device.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.run.BackupOutcome;
import lockstep.backup.run.MarkSetter;
import lockstep.backup.store.BackupMark;
import lockstep.device.CrashPoint;
import lockstep.device.TestDevice;
import lockstep.device.TestProvider;
import lockstep.device.VaultSite;
import lockstep.device.notices.VaultNotice;
import lockstep.device.rotation.KeyRotationProperties;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.vault.OpenedAccount;
import lockstep.device.vault.UnlockProperties;
import lockstep.device.vault.VaultClient;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.format.SealedDigest;
import lockstep.spec.Verifies;
import lockstep.wire.Reply;
import org.junit.jupiter.api.Test;

/** What an enabled device learns from its vault, and the marks that it sets there. */
class VaultContactProperties {

  private static final String PASSWORD = "correct horse";

  @Test
  @Verifies({"BAK-9~2", "MRK-1"})
  void theMarkIsSetWithTheBackupAndReleasedWithTheKey() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      assertThat(site.status().markNumber()).isEqualTo(1);
      try (OpenedAccount opened =
          UnlockProperties.released(new TestDevice().unlock(site, PASSWORD))) {
        FreshnessMark mark = opened.mark().orElseThrow();
        assertThat(Optional.of(mark)).isEqualTo(lastBackup(device));
        assertThat(mark.backup().backupNumber()).isEqualTo(1);
        assertThat(FreshnessMark.of(mark.backup())).isEqualTo(mark);
      }
    }
  }

  @Test
  @Verifies("BAK-9~2")
  void aMarkThatCouldNotBeSetIsSetAtTheNextContact() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      provider.change("while the vault is away");
      VaultClient dead =
          request -> {
            throw new IOException("no route");
          };
      BackupOutcome outcome = provider.backUp(device, Optional.of(site.connection(dead)));
      assertThat(((BackupOutcome.Done) outcome).markResult()).isEqualTo(MarkSetter.Result.PENDING);
      assertThat(site.status().markNumber()).isEqualTo(1);
      ContactOutcome.Report report = device.contact(site);
      assertThat(report.markPending()).isFalse();
      assertThat(report.mark()).isEqualTo(lastBackup(device));
      assertThat(site.status().markNumber()).isEqualTo(2);
    }
  }

  @Test
  @Verifies({"BAK-9~2", "MRK-1"})
  @Exhaustive("message and state write at which marking can stop")
  void everyCrashWhileMarkingLeavesTheMarkSetOrPending() throws IOException {
    for (int place = 0; ; place++) {
      try (VaultSite site = new VaultSite()) {
        TestDevice device = new TestDevice();
        device.enrol(site, PASSWORD);
        BackupMark mark = new BackupMark(7, SealedDigest.of(new byte[32]));
        CrashPoint crash = new CrashPoint(place);
        try {
          device.run(
              crash::in,
              state ->
                  new MarkKeeper(state, Optional.of(site.connection(crash.in(site::exchange))))
                      .set(mark));
        } catch (CrashPoint.Crash crashed) {
          assertThat(crash.wasReached()).isTrue();
        }
        if (lastBackup(device).isPresent()) {
          device.contact(site);
          assertThat(site.status().markNumber()).as("place %d", place).isEqualTo(7);
        } else {
          assertThat(place).isZero();
        }
        Points.visited();
        if (!crash.wasReached()) {
          return;
        }
      }
    }
  }

  @Test
  @Verifies({"USR-5~2", "MRK-1"})
  void anotherDevicesNewerBackupIsNoticed() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, PASSWORD);
      mark(device, site, 1);
      TestDevice other = new TestDevice();
      try (OpenedAccount opened = UnlockProperties.released(other.unlock(site, PASSWORD))) {
        other.run(
            state -> {
              opened.recordEnabled(state);
              return state;
            });
      }
      assertThat(mark(other, site, 2)).isEqualTo(MarkSetter.Result.SET);
      assertThat(device.contact(site).notices()).contains(new VaultNotice.NewerBackup(2));
      assertThat(mark(device, site, 2)).isEqualTo(MarkSetter.Result.SET);
      assertThat(mark(device, site, 1)).isEqualTo(MarkSetter.Result.PENDING);
      assertThat(site.status().markNumber()).isEqualTo(2);
    }
  }

  @Test
  @Verifies("USR-5~2")
  void whatOthersDidIsToldOnceAndWhatTheDeviceDidIsNot() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, PASSWORD);
      assertThat(device.contact(site).notices()).isEmpty();
      device.unlock(site, "battery staple");
      assertThat(device.contact(site).notices()).isEmpty();
      TestDevice thief = new TestDevice();
      thief.unlock(site, "battery staple");
      assertThat(device.contact(site).notices())
          .containsExactly(new VaultNotice.AttemptsByOthers(2, 1));
      assertThat(device.contact(site).notices()).isEmpty();
      for (int i = 0; i < 3; i++) {
        thief.unlock(site, "battery staple");
      }
      ContactOutcome.Report report = device.contact(site);
      assertThat(report.notices())
          .contains(new VaultNotice.LockedByOthers(site.status().lockedUntil()));
      assertThat(report.record()).isEqualTo(Reply.RecordState.ACTIVE);
    }
  }

  @Test
  @Verifies("USR-5~2")
  void anUnlockOnAnotherDeviceIsToldOnce() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, PASSWORD);
      mark(device, site, 1);
      UnlockProperties.released(device.unlock(site, PASSWORD)).close();
      assertThat(device.contact(site).notices()).isEmpty();
      UnlockProperties.released(new TestDevice().unlock(site, PASSWORD)).close();
      assertThat(device.contact(site).notices())
          .containsExactly(new VaultNotice.UnlockedElsewhere());
      assertThat(device.contact(site).notices()).isEmpty();
    }
  }

  @Test
  @Verifies("BAK-9~2")
  void inKeyModeThereIsNoMarkToSet() {
    TestDevice device = KeyRotationProperties.inKeyMode();
    BackupMark mark = new BackupMark(1, SealedDigest.of(new byte[32]));
    assertThat(
            device.<MarkSetter.Result>run(
                state -> new MarkKeeper(state, Optional.empty()).set(mark)))
        .isEqualTo(MarkSetter.Result.NO_VAULT);
    assertThat(lastBackup(device)).contains(FreshnessMark.of(mark));
  }

  private static MarkSetter.Result mark(TestDevice device, VaultSite site, long number) {
    return device.run(
        state ->
            new MarkKeeper(state, Optional.of(site.connection()))
                .set(new BackupMark(number, SealedDigest.of(new byte[32]))));
  }

  private static Optional<FreshnessMark> lastBackup(TestDevice device) {
    return device.run(
        state -> {
          try (EnabledDevice enabled = state.enabled().orElseThrow()) {
            return enabled.lastBackup();
          }
        });
  }
}
