package lockstep.device.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.run.BackupOutcome;
import lockstep.backup.store.Progress;
import lockstep.device.CrashPoint;
import lockstep.device.HeldBack;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.TestProvider;
import lockstep.device.VaultSite;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.enrol.KeyEnrolment;
import lockstep.device.enrol.KeyEnrolmentOutcome;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.NewRecoveryKey;
import lockstep.device.state.PlainCopies;
import lockstep.device.state.RehearsalOutcome;
import lockstep.device.vault.OpenedAccount;
import lockstep.device.vault.UnlockProperties;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultFailure;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.format.SetName;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** A rotation, whole and interrupted at every exchange and every change of state. */
public class KeyRotationProperties {

  private static final String PASSWORD = "correct horse";

  @Test
  @Verifies({"ROT-1~3", "ROT-4", "MRK-2"})
  void afterARotationOnlyTheNewKeysSetIsLeft() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = backedUp(site, provider);
      byte[] before = device.rootKey().orElseThrow();
      SetName oldSet = TestProvider.setOf(before);
      assertThat(provider.holds(oldSet)).isTrue();

      assertThat(rotate(site, provider, device)).isEqualTo(new KeyRotationOutcome.Rotated());

      byte[] after = device.rootKey().orElseThrow();
      assertThat(after).isNotEqualTo(before);
      assertThat(provider.opens(after)).isTrue();
      assertThat(provider.opens(before)).isFalse();
      assertThat(provider.holds(oldSet)).isFalse();
      assertThat(provider.heads()).isEqualTo(1);
      assertThat(released(site)).isEqualTo(after);
      assertThat(device.rehearse(PASSWORD)).isInstanceOf(RehearsalOutcome.ThePassword.class);
      assertThat(site.status().markNumber()).isZero();
      assertThat(device.contact(site).mark().orElseThrow().backupNumber()).isEqualTo(2);
    }
  }

  @Test
  @Verifies({"ROT-2", "ROT-3~2"})
  @Exhaustive("message and state write at which a rotation can stop")
  void atEveryCrashPointTheKeyInForceOpensAWholeBackup() throws IOException {
    int place = 0;
    while (true) {
      try (VaultSite site = new VaultSite()) {
        TestProvider provider = new TestProvider();
        TestDevice device = backedUp(site, provider);
        CrashPoint crash = new CrashPoint(place);
        crashRotation(site, provider, device, crash);
        if (!crash.wasReached()) {
          break;
        }
        assertThat(provider.opens(released(site))).as("place %d", place).isTrue();
        assertThat(rotate(site, provider, device)).isEqualTo(new KeyRotationOutcome.Rotated());
        byte[] now = device.rootKey().orElseThrow();
        assertThat(released(site)).isEqualTo(now);
        assertThat(provider.opens(now)).isTrue();
        assertThat(device.isPending(DeviceSlot.KEY_ROTATION)).isFalse();
      }
      place++;
      Points.visited();
    }
    assertThat(place).isGreaterThan(20);
  }

  @Test
  @Verifies({"ROT-3~2", "ROT-5"})
  void aRerunAfterActivationNeedsNoAttempt() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = backedUp(site, provider);
      assertThat(rotate(site.connection(deafToActivation(site)), provider, device))
          .isEqualTo(new KeyRotationOutcome.OutcomeUnknown(new VaultFailure.Unavailable()));
      assertThat(device.blocksBackup()).isTrue();
      Messages messages = new Messages(site::exchange);
      assertThat(rotate(site.connection(messages), provider, device))
          .isEqualTo(new KeyRotationOutcome.Rotated());
      assertThat(messages.count(Request.Attempt.class)).isZero();
      assertThat(device.blocksBackup()).isFalse();
      assertThat(provider.opens(device.rootKey().orElseThrow())).isTrue();
    }
  }

  /** The way to a vault whose reply to Activate is lost. */
  private static VaultClient deafToActivation(VaultSite site) {
    return request -> {
      byte[] reply = site.exchange(request);
      if (Request.decode(request).orElseThrow() instanceof Request.Activate) {
        throw new IOException("reply lost");
      }
      return reply;
    };
  }

  /**
   * Another device may have backed up there: what cannot be looked at is not taken for harmless.
   */
  @Test
  @Verifies("ROT-1~3")
  void noKeyTakesEffectWhileTheOldSetCannotBeLookedAt() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = backedUp(site, provider);
      byte[] before = device.rootKey().orElseThrow();
      VaultClient unplugging = before(site, Request.Confirm.class, () -> provider.unplug());
      assertThat(rotate(site.connection(unplugging), provider, device))
          .isInstanceOf(KeyRotationOutcome.ProviderFailed.class);
      provider.plugIn();
      assertThat(released(site)).isEqualTo(before);
      assertThat(device.rootKey().orElseThrow()).isEqualTo(before);
      provider.change("by another device");
      provider.backUp(device, Optional.empty());
      assertThat(rotate(site, provider, device)).isEqualTo(new KeyRotationOutcome.Rotated());
      assertThat(provider.opens(device.rootKey().orElseThrow())).isTrue();
    }
  }

  /** The new key has taken effect unheard, and another device has backed up under the old one. */
  @Test
  @Verifies("ROT-1~3")
  void aBackupMadeBeforeARerunMovesAlongBeforeTheOldSetGoes() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = backedUp(site, provider);
      SetName oldSet = TestProvider.setOf(device.rootKey().orElseThrow());
      rotate(site.connection(deafToActivation(site)), provider, device);
      provider.change("by another device");
      assertThat(provider.backUp(device, Optional.empty())).isInstanceOf(BackupOutcome.Done.class);
      assertThat(rotate(site, provider, device)).isEqualTo(new KeyRotationOutcome.Rotated());
      byte[] now = device.rootKey().orElseThrow();
      assertThat(released(site)).isEqualTo(now);
      assertThat(provider.opens(now)).isTrue();
      assertThat(provider.holds(oldSet)).isFalse();
    }
  }

  /** What the first run staged may take effect as long as the rerun has staged nothing. */
  @Test
  @Verifies({"ROT-5", "ROT-3~2"})
  void aRerunThatDiesWhileItCopiesStillBlocksBackups() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = backedUp(site, provider);
      HeldBack network = new HeldBack(site::exchange, Integer.MAX_VALUE);
      assertThat(rotate(site.connection(network), provider, device))
          .isInstanceOf(KeyRotationOutcome.OutcomeUnknown.class);
      provider.unplug();
      assertThat(rotate(site.connection(network), provider, device))
          .isInstanceOf(KeyRotationOutcome.ProviderFailed.class);
      provider.plugIn();
      assertThat(device.blocksBackup()).isTrue();
      assertThat(rotate(site, provider, device)).isEqualTo(new KeyRotationOutcome.Rotated());
      assertThat(device.blocksBackup()).isFalse();
      assertThat(provider.opens(device.rootKey().orElseThrow())).isTrue();
    }
  }

  private static VaultClient before(
      VaultSite site, Class<? extends Request> kind, Runnable happens) {
    return request -> {
      if (kind.isInstance(Request.decode(request).orElseThrow())) {
        happens.run();
      }
      return site.exchange(request);
    };
  }

  /** A crash between the switch of the device and the removal of the old set. */
  @Test
  @Verifies("ROT-5")
  void onceTheDeviceHasTheNewKeyItBacksUpAgain() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = backedUp(site, provider);
      rotate(site.connection(deafToActivation(site)), provider, device);
      assertThat(device.blocksBackup()).isTrue();
      device.run(
          state -> {
            try (RotationJournal journal = RotationJournal.recall(state).orElseThrow();
                EnabledDevice before = state.enabled().orElseThrow();
                EnabledDevice after =
                    before.rotated(journal.newKey(), before.vault(), journal.copy())) {
              state.record(after);
              return after.vault();
            }
          });
      assertThat(device.blocksBackup()).isFalse();
    }
  }

  /** The network keeps the Activate back, and delivers it within the next rotation, anywhere. */
  @Test
  @Verifies({"ROT-2", "ROT-3~2"})
  @Exhaustive("message of the next rotation before which a held Activate can arrive")
  void aKeyThatTakesEffectLateOpensAWholeBackup() {
    for (int place = 0; place < 9; place++) {
      try (VaultSite site = new VaultSite()) {
        TestProvider provider = new TestProvider();
        TestDevice device = backedUp(site, provider);
        HeldBack network = new HeldBack(site::exchange, place);
        assertThat(rotate(site.connection(network), provider, device))
            .isInstanceOf(KeyRotationOutcome.OutcomeUnknown.class);
        KeyRotationOutcome next = rotate(site.connection(network), provider, device);
        assertThat(provider.opens(released(site))).as("place %d", place).isTrue();
        if (!next.equals(new KeyRotationOutcome.Rotated())) {
          assertThat(rotate(site, provider, device)).isEqualTo(new KeyRotationOutcome.Rotated());
        }
        byte[] now = device.rootKey().orElseThrow();
        assertThat(released(site)).isEqualTo(now);
        assertThat(provider.opens(now)).isTrue();
        assertThat(provider.heads()).isEqualTo(1);
        Points.visited();
      }
    }
  }

  @Test
  @Verifies("ROT-2")
  void theWrongPasswordIsFoundOutWithoutAnAttempt() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = backedUp(site, provider);
      byte[] before = device.rootKey().orElseThrow();
      try (Password wrong = VaultSite.password("battery staple")) {
        KeyRotationOutcome outcome =
            device.run(
                state ->
                    new KeyRotation(state, provider.storage(), provider.notes())
                        .rotate(site.connection(), wrong, Progress.NONE));
        assertThat(outcome).isEqualTo(new KeyRotationOutcome.NotThePassword());
      }
      assertThat(site.status().charges()).isZero();
      assertThat(device.rootKey().orElseThrow()).isEqualTo(before);
    }
  }

  @Test
  @Verifies({"ROT-1~3", "ROT-2", "ENR-4"})
  void inKeyModeTheOldKeyIsValidUntilTheNewOneIsConfirmed() throws IOException {
    TestProvider provider = new TestProvider();
    TestDevice device = inKeyMode();
    assertThat(provider.backUp(device, Optional.empty())).isInstanceOf(BackupOutcome.Done.class);
    byte[] before = device.rootKey().orElseThrow();
    for (int i = 0; i < 2; i++) {
      device.run(
          state -> {
            NewRecoveryKey key = newKey(state, provider);
            key.close();
            return key;
          });
      assertThat(device.rootKey().orElseThrow()).isEqualTo(before);
      assertThat(provider.opens(before)).isTrue();
      provider.change("message " + i);
      assertThat(provider.backUp(device, Optional.empty())).isInstanceOf(BackupOutcome.Done.class);
    }
    device.run(
        state -> {
          try (NewRecoveryKey key = newKey(state, provider)) {
            assertThat(key.confirm("zzzz".toCharArray())).isFalse();
            key.waive();
            return key;
          }
        });
    byte[] after = device.rootKey().orElseThrow();
    assertThat(after).isNotEqualTo(before);
    assertThat(provider.opens(after)).isTrue();
    assertThat(provider.heads()).isEqualTo(1);
    provider.change("after the rotation");
    assertThat(provider.backUp(device, Optional.empty())).isInstanceOf(BackupOutcome.Done.class);
    assertThat(provider.opens(after)).isTrue();
  }

  @Test
  @Verifies("ROT-2")
  void inKeyModeEveryCrashLeavesTheDevicesKeyAWholeBackup() throws IOException {
    for (int place = 0; ; place++) {
      TestProvider provider = new TestProvider();
      TestDevice device = inKeyMode();
      provider.backUp(device, Optional.empty());
      CrashPoint crash = new CrashPoint(place);
      try {
        device.run(
            crash::in,
            state -> {
              try (NewRecoveryKey key = newKey(state, provider)) {
                key.waive();
                return key;
              }
            });
      } catch (CrashPoint.Crash crashed) {
        assertThat(crash.wasReached()).isTrue();
      }
      assertThat(provider.opens(device.rootKey().orElseThrow())).as("place %d", place).isTrue();
      if (!crash.wasReached()) {
        assertThat(place).isGreaterThan(4);
        return;
      }
    }
  }

  private static NewRecoveryKey newKey(Device state, TestProvider provider) throws IOException {
    KeyRotationOutcome outcome =
        new KeyRotation(state, provider.storage(), provider.notes())
            .rotateRecoveryKey(Progress.NONE);
    return ((KeyRotationOutcome.KeyToConfirm) outcome).key();
  }

  public static TestDevice inKeyMode() {
    TestDevice device = new TestDevice();
    device.run(
        state -> {
          KeyEnrolmentOutcome outcome =
              new KeyEnrolment(state).begin(VaultSite.ALICE, PlainCopies.NONE);
          try (NewRecoveryKey key = ((KeyEnrolmentOutcome.KeyToShow) outcome).key()) {
            key.waive();
            return key;
          }
        });
    return device;
  }

  public static TestDevice backedUp(VaultSite site, TestProvider provider) {
    TestDevice device = new TestDevice();
    assertThat(device.enrol(site, PASSWORD)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
    assertThat(provider.backUp(device, Optional.of(site.connection())))
        .isInstanceOf(BackupOutcome.Done.class);
    return device;
  }

  private static KeyRotationOutcome rotate(
      VaultSite site, TestProvider provider, TestDevice device) {
    return rotate(site.connection(), provider, device);
  }

  public static KeyRotationOutcome rotate(
      VaultConnection connection, TestProvider provider, TestDevice device) {
    try (Password password = VaultSite.password(PASSWORD)) {
      return device.run(
          state ->
              new KeyRotation(state, provider.storage(), provider.notes())
                  .rotate(connection, password, Progress.NONE));
    }
  }

  private static void crashRotation(
      VaultSite site, TestProvider provider, TestDevice device, CrashPoint crash)
      throws IOException {
    try (Password password = VaultSite.password(PASSWORD)) {
      device.run(
          crash::in,
          state ->
              new KeyRotation(state, provider.storage(), provider.notes())
                  .rotate(site.connection(crash.in(site::exchange)), password, Progress.NONE));
    } catch (CrashPoint.Crash crashed) {
      assertThat(crash.wasReached()).isTrue();
    }
  }

  /** The root key that the vault releases to a device that knows the password only. */
  private static byte[] released(VaultSite site) {
    try (OpenedAccount opened =
        UnlockProperties.released(new TestDevice().unlock(site, PASSWORD))) {
      return opened.rootKey().expose(byte[]::clone);
    }
  }
}
