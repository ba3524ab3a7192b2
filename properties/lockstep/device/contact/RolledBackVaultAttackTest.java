package lockstep.device.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import lockstep.device.vault.VaultClient;
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

  /** Between the report and the device's own receipt others act, so that its number is no next. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  @Verifies({"RCP-6", "USR-10"})
  void aDiskPutBackAfterTheReportIsNoticedByTheAttemptsReceipt(int attempts) {
    try (VaultSite site = UnlockProperties.enrolled()) {
      Fork fork = new Fork(site, attempts);
      assertThat(fork.device.unlock(site.connection(fork), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(new VaultFailure.RolledBack(true)));
    }
  }

  /** The report is of the disk as it was, on which others acted, too; the receipt is of another. */
  @Test
  @Verifies("RCP-6")
  void aReportThatFollowsButHasAnotherReceiptInItsPlaceIsNoProof() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      Fork fork = new Fork(site, 2);
      fork.reportsOfTheOtherBranch = true;
      assertThat(fork.device.unlock(site.connection(fork), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(new VaultFailure.RolledBack(true)));
    }
  }

  @Test
  @Verifies("RCP-6")
  void whatNobodyShowsIsAskedForFromTheReceiptThatTheDeviceKnew() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      Fork fork = new Fork(site, 2);
      fork.isDeafToTheNextStatus = true;
      assertThat(fork.device.unlock(site.connection(fork), WRONG))
          .isInstanceOf(UnlockOutcome.WrongPassword.class);
      assertThat(fork.device.unlock(site, PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(ROLLED_BACK));
    }
  }

  /** Puts the vault's disk back once a device has its report, and lets others act before it. */
  private static final class Fork implements VaultClient {

    private final VaultSite site;
    private final int attempts;
    private final Path image;
    private final TestDevice device = new TestDevice();
    private boolean isDeafToTheNextStatus;
    private boolean reportsOfTheOtherBranch;
    private Optional<Path> otherBranch = Optional.empty();
    private boolean isPutBack;

    Fork(VaultSite site, int attempts) {
      this.site = site;
      this.attempts = attempts;
      this.image = site.diskImage();
      device.unlock(site, WRONG);
    }

    @Override
    public byte[] exchange(byte[] message) throws IOException {
      Request request = Request.decode(message).orElseThrow();
      if (request instanceof Request.Attempt && !isPutBack) {
        isPutBack = true;
        if (reportsOfTheOtherBranch) {
          othersAct(3);
          otherBranch = Optional.of(site.diskImage());
        }
        site.restoreDisk(image);
        site.pass(Duration.ofSeconds(1));
        othersAct(attempts);
      } else if (request instanceof Request.Status && otherBranch.isPresent()) {
        site.restoreDisk(otherBranch.get());
      } else if (request instanceof Request.Status && isPutBack && isDeafToTheNextStatus) {
        isDeafToTheNextStatus = false;
        throw new IOException("the report is lost");
      }
      return site.exchange(message);
    }

    private void othersAct(int times) {
      for (int i = 0; i < times; i++) {
        new TestDevice().unlock(site, i == 2 ? PASSWORD : WRONG);
      }
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
