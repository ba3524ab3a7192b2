package lockstep.device.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.device.CrashPoint;
import lockstep.device.TestDevice;
import lockstep.device.TestProvider;
import lockstep.device.VaultSite;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.rotation.KeyRotationOutcome;
import lockstep.device.rotation.KeyRotationProperties;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultFailure;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** Switching backups off, whole and interrupted. */
public class DisableProperties {

  @Test
  @Verifies({"DIS-1~2", "DIS-2"})
  @Exhaustive("message and state write at which disabling can stop")
  void everyCrashIsCompletedByARerun() throws IOException {
    int place = 0;
    while (true) {
      try (VaultSite site = new VaultSite()) {
        TestProvider provider = new TestProvider();
        TestDevice device = KeyRotationProperties.backedUp(site, provider);
        CrashPoint crash = new CrashPoint(place);
        try {
          device.run(
              crash::in,
              state -> disable(state, site.connection(crash.in(site::exchange)), provider, true));
        } catch (CrashPoint.Crash crashed) {
          assertThat(crash.wasReached()).isTrue();
        }
        if (site.status().record() == Reply.RecordState.ACTIVE) {
          assertThat(provider.heads()).isEqualTo(1);
          assertThat(device.rootKey()).isPresent();
        }
        DisableOutcome again =
            device.run(state -> disable(state, site.connection(), provider, true));
        if (!crash.wasReached() || !again.equals(new DisableOutcome.Disabled())) {
          assertThat(again).as("place %d", place).isEqualTo(new DisableOutcome.NotEnabled());
        }
        assertThat(site.status().record()).isEqualTo(Reply.RecordState.NONE);
        assertThat(provider.heads()).isZero();
        assertThat(slots(device)).isEmpty();
        if (!crash.wasReached()) {
          break;
        }
      }
      place++;
      Points.visited();
    }
    assertThat(place).isGreaterThan(7);
  }

  @Test
  @Verifies("DIS-1~2")
  void whenTheVaultIsUnavailableNothingIsErased() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      VaultClient dead =
          request -> {
            throw new IOException("no route");
          };
      DisableOutcome outcome =
          device.run(state -> disable(state, site.connection(dead), provider, true));
      assertThat(outcome).isEqualTo(new DisableOutcome.VaultFailed(new VaultFailure.Unavailable()));
      assertThat(provider.heads()).isEqualTo(1);
      assertThat(device.rootKey()).isPresent();
      assertThat(device.isPending(DeviceSlot.DISABLE)).isFalse();
    }
  }

  @Test
  @Verifies("DIS-1~2")
  void theUserChoosesWhetherTheBackupGoesToo() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      byte[] rootKey = device.rootKey().orElseThrow();
      DisableOutcome outcome =
          device.run(state -> disable(state, site.connection(), provider, false));
      assertThat(outcome).isEqualTo(new DisableOutcome.Disabled());
      assertThat(provider.opens(rootKey)).isTrue();
      assertThat(slots(device)).isEmpty();
      assertThat(new TestDevice().unlock(site, "correct horse"))
          .isEqualTo(new UnlockOutcome.NotEnrolled());
    }
  }

  @Test
  @Verifies({"DIS-1~2", "LEA-1", "LIM-14"})
  void itWorksWhileLockedAndGivesNoAttemptBack() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      for (int i = 0; i < 5; i++) {
        new TestDevice().unlock(site, "battery staple");
      }
      long until = site.status().lockedUntil();
      assertThat(until).isPositive();
      device.run(state -> disable(state, site.connection(), provider, true));
      assertThat(site.status().record()).isEqualTo(Reply.RecordState.NONE);
      assertThat(device.enrol(site, "another password"))
          .isEqualTo(new EnrolmentOutcome.Locked(until));
    }
  }

  @Test
  @Verifies("DIS-1~2")
  void withoutItsVaultADeviceWithAPasswordErasesNothing() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      DisableOutcome outcome =
          device.run(
              state ->
                  new Disable(state, Optional.empty(), provider.storage(), provider.notes())
                      .disable(true));
      assertThat(outcome).isEqualTo(new DisableOutcome.VaultFailed(new VaultFailure.Unavailable()));
      assertThat(provider.heads()).isEqualTo(1);
      assertThat(device.rootKey()).isPresent();
    }
  }

  @Test
  @Verifies("DIS-1~2")
  void afterAnInterruptedRotationTheSetsOfBothKeysGo() {
    for (boolean activated : new boolean[] {true, false}) {
      try (VaultSite site = new VaultSite()) {
        TestProvider provider = new TestProvider();
        TestDevice device = KeyRotationProperties.backedUp(site, provider);
        VaultClient deaf =
            request -> {
              boolean last = Request.decode(request).orElseThrow() instanceof Request.Activate;
              if (!last || activated) {
                byte[] reply = site.exchange(request);
                if (!last) {
                  return reply;
                }
              }
              throw new IOException("no reply");
            };
        assertThat(KeyRotationProperties.rotate(site.connection(deaf), provider, device))
            .isInstanceOf(KeyRotationOutcome.OutcomeUnknown.class);
        assertThat(provider.heads()).isEqualTo(2);
        DisableOutcome outcome =
            device.run(state -> disable(state, site.connection(), provider, true));
        assertThat(outcome).isEqualTo(new DisableOutcome.Disabled());
        assertThat(site.status().record()).isEqualTo(Reply.RecordState.NONE);
        assertThat(provider.heads()).isZero();
        assertThat(slots(device)).isEmpty();
      }
    }
  }

  @Test
  @Verifies({"DIS-1~2", "DIS-2"})
  void whatTheProviderDidNotRemoveGoesWhenItIsRunAgain() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      BackupStorage away =
          (BackupStorage)
              Proxy.newProxyInstance(
                  BackupStorage.class.getClassLoader(),
                  new Class<?>[] {BackupStorage.class},
                  (proxy, method, arguments) -> {
                    throw new ProviderUnavailable("away");
                  });
      DisableOutcome outcome =
          device.run(
              state ->
                  new Disable(state, Optional.of(site.connection()), away, provider.notes())
                      .disable(true));
      assertThat(outcome).isInstanceOf(DisableOutcome.ProviderFailed.class);
      assertThat(provider.heads()).isEqualTo(1);
      outcome = device.run(state -> disable(state, site.connection(), provider, true));
      assertThat(outcome).isEqualTo(new DisableOutcome.Disabled());
      assertThat(provider.heads()).isZero();
      assertThat(slots(device)).isEmpty();
    }
  }

  @Test
  @Verifies("DIS-1~2")
  void inKeyModeThereIsNoVaultToAsk() {
    TestProvider provider = new TestProvider();
    TestDevice device = KeyRotationProperties.inKeyMode();
    provider.backUp(device, Optional.empty());
    DisableOutcome outcome =
        device.run(
            state ->
                new Disable(state, Optional.empty(), provider.storage(), provider.notes())
                    .disable(true));
    assertThat(outcome).isEqualTo(new DisableOutcome.Disabled());
    assertThat(provider.heads()).isZero();
    assertThat(slots(device)).isEmpty();
  }

  public static DisableOutcome disable(
      Device state, VaultConnection vault, TestProvider provider, boolean deleteBackup)
      throws IOException {
    return new Disable(state, Optional.of(vault), provider.storage(), provider.notes())
        .disable(deleteBackup);
  }

  private static List<String> slots(TestDevice device) {
    try (Stream<Path> files = Files.list(device.home)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sealed"))
          .toList();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
