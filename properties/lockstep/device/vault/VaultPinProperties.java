package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import lockstep.device.MaliciousVault;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.contact.ContactOutcome;
import lockstep.device.contact.VaultContact;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.PlainCopies;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** Which vault it is, and what a device says when the step that decides is answered by another. */
class VaultPinProperties {

  private static final String PASSWORD = "correct horse";

  @Test
  @Verifies({"ENR-11", "ENR-1"})
  void withoutTheReceiptsOfItsVaultADeviceStillRefusesAnotherOne() throws IOException {
    try (VaultSite site = new VaultSite();
        VaultSite impostor = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, PASSWORD);
      Files.delete(device.home.resolve("known-vault.sealed"));
      Messages messages = new Messages(impostor::exchange);
      ContactOutcome outcome =
          device.run(state -> new VaultContact(state, impostor.connection(messages)).contact());
      assertThat(outcome).isEqualTo(new ContactOutcome.VaultFailed(new VaultFailure.NotTrusted()));
      assertThat(messages.passed).isEmpty();
      assertThat(device.change(impostor.connection(messages), PASSWORD, "another password"))
          .isEqualTo(new PasswordChangeOutcome.VaultFailed(new VaultFailure.NotTrusted()));
      assertThat(messages.passed).isEmpty();
      assertThat(device.contact(site).record()).isEqualTo(Reply.RecordState.ACTIVE);
    }
  }

  /** The two pins disagree: the slot with the receipts is another vault's. */
  @Test
  @Verifies("ENR-11")
  void theReceiptsOfAnotherVaultDoNotMakeItTheAccounts() throws IOException {
    try (VaultSite site = new VaultSite();
        VaultSite impostor = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, PASSWORD);
      Path slot = device.home.resolve("known-vault.sealed");
      Files.delete(slot);
      device.run(
          state -> {
            KnownVault.first(impostor.connection().publicKey()).remember(state, VaultSite.ALICE);
            return true;
          });
      for (VaultSite any : new VaultSite[] {site, impostor}) {
        Messages messages = new Messages(any::exchange);
        ContactOutcome outcome =
            device.run(state -> new VaultContact(state, any.connection(messages)).contact());
        assertThat(outcome)
            .isEqualTo(new ContactOutcome.VaultFailed(new VaultFailure.NotTrusted()));
        assertThat(messages.passed).isEmpty();
      }
    }
  }

  @Test
  @Verifies("ENR-12")
  void aForgedReplyToActivateIsToldAsOne() {
    try (VaultSite site = new VaultSite()) {
      VaultClient forging =
          request -> {
            byte[] reply = site.exchange(request);
            if (Request.decode(request).orElseThrow() instanceof Request.Activate) {
              reply[reply.length - 1] ^= 1;
            }
            return reply;
          };
      everyStepThatDecidesSays(site, forging, new VaultFailure.NotTrusted());
    }
  }

  @Test
  @Verifies({"ENR-12", "RCP-3"})
  void aReplyToActivateFromBeforeIsToldAsOne() {
    try (VaultSite site = new VaultSite()) {
      VaultClient rolledBack =
          new MaliciousVault(
              site,
              (request, reply) ->
                  reply instanceof Reply.Activated activated
                      ? new Reply.Activated(older(site, activated.receipt()))
                      : reply);
      everyStepThatDecidesSays(site, rolledBack, new VaultFailure.RolledBack());
    }
  }

  /** The first copy is carried out; of what comes then the device hears refusals only. */
  @Test
  @Verifies({"ENR-12", "AUT-7", "CHG-4"})
  void anActivateWhoseOutcomeIsRefusedToTheDeviceIsNotTakenForDeclined() {
    try (VaultSite site = new VaultSite()) {
      int[] refusals = {0};
      VaultClient refusing =
          new MaliciousVault(
              site,
              (request, reply) -> {
                if (request instanceof Request.Activate) {
                  refusals[0] = 2;
                  return new Refusal.Refused();
                }
                boolean isRefused = request instanceof Request.Status && refusals[0]-- > 0;
                return isRefused ? new Refusal.Refused() : reply;
              });
      everyStepThatDecidesSays(site, refusing, new VaultFailure.Unavailable());
    }
  }

  private static void everyStepThatDecidesSays(
      VaultSite site, VaultClient network, VaultFailure why) {
    TestDevice device = new TestDevice();
    try (Password password = VaultSite.password(PASSWORD)) {
      EnrolmentOutcome outcome =
          device.run(
              state ->
                  new Enrolment(state, site.connection(network))
                      .enrol(VaultSite.ALICE, password, PlainCopies.NONE));
      assertThat(outcome).isEqualTo(new EnrolmentOutcome.OutcomeUnknown(why));
    }
    assertThat(device.isPending(DeviceSlot.ENROLMENT)).isTrue();
    assertThat(device.enrol(site, PASSWORD)).isInstanceOf(EnrolmentOutcome.Enrolled.class);
    assertThat(device.change(site.connection(network), PASSWORD, "another password"))
        .isEqualTo(new PasswordChangeOutcome.OutcomeUnknown(why));
    assertThat(device.change(site, PASSWORD, "another password"))
        .isInstanceOf(PasswordChangeOutcome.Changed.class);
  }

  private static Receipt older(VaultSite site, Receipt honest) {
    UnaryOperator<Receipt.Body> asBefore =
        body ->
            new Receipt.Body(
                body.kind(),
                body.account(),
                body.generation(),
                body.epoch(),
                body.charges(),
                body.round(),
                body.lockedUntil(),
                body.time(),
                1,
                Bytes.zero(32));
    return site.identity().receipt(asBefore.apply(honest.body()));
  }
}
