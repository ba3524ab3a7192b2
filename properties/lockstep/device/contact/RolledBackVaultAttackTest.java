package lockstep.device.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.TestProvider;
import lockstep.device.VaultSite;
import lockstep.device.rotation.KeyRotationProperties;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.UnlockProperties;
import lockstep.device.vault.VaultFailure;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever operates the vault puts its disk back to an earlier image, and so gives attempts back or
 * makes it forget a mark. A device that has seen more notices.
 */
@Attack
class RolledBackVaultAttackTest {

  private static final String PASSWORD = "correct horse";
  private static final String WRONG = "battery staple";
  private static final VaultFailure ROLLED_BACK = new VaultFailure.RolledBack();

  @Test
  @Verifies("RCP-3")
  void aDeviceThatHoldsANewerReceiptSendsNoPassword() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      TestDevice device = new TestDevice();
      Path image = site.diskImage();
      device.unlock(site, WRONG);
      device.unlock(site, WRONG);
      site.restoreDisk(image);
      Messages messages = new Messages(site::exchange);
      assertThat(device.unlock(site.connection(messages), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(ROLLED_BACK));
      assertThat(messages.count(Request.Attempt.class)).isZero();
    }
  }

  @Test
  @Verifies("RCP-3")
  void aForkOfTheSameLengthIsNoticed() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      TestDevice device = new TestDevice();
      Path image = site.diskImage();
      device.unlock(site, WRONG);
      site.restoreDisk(image);
      site.pass(Duration.ofSeconds(1));
      new TestDevice().unlock(site, WRONG);
      assertThat(device.unlock(site, PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(ROLLED_BACK));
    }
  }

  /** It asked, and was told of what another device did; it has no receipt of that itself. */
  @Test
  @Verifies("RCP-3")
  void whatAReportToldIsHeldByTheNextProcessToo() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, PASSWORD);
      Path image = site.diskImage();
      new TestDevice().unlock(site, WRONG);
      device.contact(site);
      site.restoreDisk(image);
      assertThat(
              device.<ContactOutcome>run(
                  state -> new VaultContact(state, site.connection()).contact()))
          .isEqualTo(new ContactOutcome.VaultFailed(ROLLED_BACK));
    }
  }

  /** The other branch has become longer than what the device knows: its numbers are all newer. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6})
  @Verifies({"RCP-3", "RCP-4"})
  void aLongerForkIsNoticed(int attempts) {
    try (VaultSite site = UnlockProperties.enrolled()) {
      TestDevice device = new TestDevice();
      Path image = site.diskImage();
      device.unlock(site, WRONG);
      site.restoreDisk(image);
      for (int i = 0; i < attempts; i++) {
        site.pass(Duration.ofHours(25));
        new TestDevice().unlock(site, i == 3 ? PASSWORD : WRONG);
      }
      Messages messages = new Messages(site::exchange);
      assertThat(device.unlock(site.connection(messages), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(ROLLED_BACK));
      assertThat(messages.count(Request.Attempt.class)).isZero();
    }
  }

  @Test
  @Verifies({"RCP-3", "BAK-9~2"})
  void noMarkIsSetAtARolledBackVault() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      Path image = site.diskImage();
      provider.change("second");
      provider.backUp(device, Optional.of(site.connection()));
      site.restoreDisk(image);
      provider.change("third");
      provider.backUp(device, Optional.of(site.connection()));
      assertThat(site.status().markNumber()).isEqualTo(1);
      assertThat(
              device.<ContactOutcome>run(
                  state -> new VaultContact(state, site.connection()).contact()))
          .isEqualTo(new ContactOutcome.VaultFailed(ROLLED_BACK));
    }
  }

  @Test
  @Verifies({"RCP-3", "ENR-1"})
  void theUserMayGoOnByNameAndWithThatVaultOnly() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      Path image = site.diskImage();
      provider.change("second");
      provider.backUp(device, Optional.of(site.connection()));
      site.restoreDisk(image);
      device.run(
          state -> {
            new VaultContact(state, site.connection()).acceptRolledBack(VaultSite.ALICE);
            return state;
          });
      try (VaultSite other = UnlockProperties.enrolled()) {
        assertThat(device.unlock(other, PASSWORD))
            .isEqualTo(new UnlockOutcome.VaultFailed(new VaultFailure.NotTrusted()));
      }
      assertThat(device.contact(site).record()).isEqualTo(Reply.RecordState.ACTIVE);
    }
  }

  @Test
  @Verifies("RCP-3")
  void aNewDeviceDoesNotNoticeAsTheAssumptionSays() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      Path image = site.diskImage();
      new TestDevice().unlock(site, WRONG);
      site.restoreDisk(image);
      assertThat(new TestDevice().unlock(site, WRONG))
          .isEqualTo(new UnlockOutcome.WrongPassword(4, 0));
    }
  }
}
