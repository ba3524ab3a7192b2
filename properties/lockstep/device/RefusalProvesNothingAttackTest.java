package lockstep.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import lockstep.device.contact.ContactOutcome;
import lockstep.device.contact.VaultContact;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.leaving.DisableOutcome;
import lockstep.device.leaving.DisableProperties;
import lockstep.device.notices.VaultNotice;
import lockstep.device.rotation.KeyRotationProperties;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.PlainCopies;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.UnlockProperties;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultFailure;
import lockstep.evidence.Attack;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/**
 * Who restarts the vault between two messages, keeps its replies, or delivers messages twice makes
 * it refuse what it would accept. Nothing is erased for that, and nothing is believed.
 */
@Attack
class RefusalProvesNothingAttackTest {

  private static final String PASSWORD = "correct horse";

  private static boolean isSigned(Request request) {
    return request instanceof Request.Authorised authorised
        && authorised.authority() instanceof Authority.CommandSignature;
  }

  /** Restarts the vault before the first so many signed messages of that kind. */
  private static VaultClient restarting(
      VaultSite site, Class<? extends Request> kind, int restarts) {
    int[] left = {restarts};
    return request -> {
      Request decoded = Request.decode(request).orElseThrow();
      if (kind.isInstance(decoded) && isSigned(decoded) && left[0] > 0) {
        left[0]--;
        site.restart();
      }
      return site.exchange(request);
    };
  }

  /** Gives a reply to somebody's earlier Challenge to each Challenge. */
  private static VaultClient replaying(VaultSite site, byte[] stale) {
    return request ->
        Request.decode(request).orElseThrow() instanceof Request.Challenge
            ? stale
            : site.exchange(request);
  }

  private static byte[] staleChallenge(VaultSite site) throws IOException {
    byte[] stale = site.exchange(new Request.Challenge(VaultSite.ALICE).encode(Bytes.zero(32)));
    site.pass(Duration.ofSeconds(61));
    return stale;
  }

  @Test
  @Verifies({"AUT-7", "DIS-1~2"})
  void aVaultRestartedBeforeTheSignedStatusDoesNotKeepDisableFromErasingTheRecord() {
    for (Class<? extends Request> kind : List.of(Request.Status.class, Request.Disable.class)) {
      try (VaultSite site = new VaultSite()) {
        TestProvider provider = new TestProvider();
        TestDevice device = KeyRotationProperties.backedUp(site, provider);
        DisableOutcome outcome =
            device.run(
                state ->
                    DisableProperties.disable(
                        state, site.connection(restarting(site, kind, 1)), provider, true));
        assertThat(outcome).isEqualTo(new DisableOutcome.Disabled());
        assertThat(site.status().record()).isEqualTo(Reply.RecordState.NONE);
      }
    }
  }

  @Test
  @Verifies({"AUT-7", "DIS-1~2"})
  void aVaultRestartedAgainAndAgainLeavesDeviceAndProviderAsTheyAre() {
    for (Class<? extends Request> kind : List.of(Request.Status.class, Request.Disable.class)) {
      try (VaultSite site = new VaultSite()) {
        TestProvider provider = new TestProvider();
        TestDevice device = KeyRotationProperties.backedUp(site, provider);
        DisableOutcome outcome =
            device.run(
                state ->
                    DisableProperties.disable(
                        state,
                        site.connection(restarting(site, kind, Integer.MAX_VALUE)),
                        provider,
                        true));
        assertThat(outcome)
            .isEqualTo(new DisableOutcome.VaultFailed(new VaultFailure.Unavailable()));
        assertThat(device.rootKey()).isPresent();
        assertThat(provider.heads()).isEqualTo(1);
        assertThat(site.status().record()).isEqualTo(Reply.RecordState.ACTIVE);
      }
    }
  }

  @Test
  @Verifies({"WIR-4~2", "DIS-1~2"})
  void aRecordedChallengeLeavesDeviceAndProviderAsTheyAre() throws IOException {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      byte[] stale = staleChallenge(site);
      DisableOutcome outcome =
          device.run(
              state ->
                  DisableProperties.disable(
                      state, site.connection(replaying(site, stale)), provider, true));
      assertThat(outcome).isEqualTo(new DisableOutcome.VaultFailed(new VaultFailure.NotTrusted()));
      assertThat(device.rootKey()).isPresent();
      assertThat(provider.heads()).isEqualTo(1);
    }
  }

  @Test
  @Verifies("AUT-7")
  void aContactDoesNotSpeakOfAReplacedRecord() throws IOException {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      byte[] stale = staleChallenge(site);
      ContactOutcome replayed =
          device.run(
              state -> new VaultContact(state, site.connection(replaying(site, stale))).contact());
      assertThat(replayed).isEqualTo(new ContactOutcome.VaultFailed(new VaultFailure.NotTrusted()));
      ContactOutcome restarted =
          device.run(
              state ->
                  new VaultContact(
                          state,
                          site.connection(
                              restarting(site, Request.Status.class, Integer.MAX_VALUE)))
                      .contact());
      assertThat(restarted)
          .isEqualTo(new ContactOutcome.VaultFailed(new VaultFailure.Unavailable()));
      assertThat(device.contact(site).notices()).doesNotContain(new VaultNotice.RecordReplaced());
    }
  }

  @Test
  @Verifies({"AUT-7", "ENR-5~2"})
  void anInterruptedEnrolmentKeepsItsJournal() throws IOException {
    try (VaultSite site = new VaultSite();
        Password password = VaultSite.password(PASSWORD)) {
      TestDevice device = new TestDevice();
      VaultClient deaf =
          request -> {
            byte[] reply = site.exchange(request);
            if (Request.decode(request).orElseThrow() instanceof Request.Activate) {
              throw new IOException("reply lost");
            }
            return reply;
          };
      assertThat(enrol(device, site.connection(deaf), password))
          .isEqualTo(new EnrolmentOutcome.OutcomeUnknown(new VaultFailure.Unavailable()));
      byte[] stale = staleChallenge(site);
      assertThat(enrol(device, site.connection(replaying(site, stale)), password))
          .isEqualTo(new EnrolmentOutcome.VaultFailed(new VaultFailure.NotTrusted()));
      assertThat(device.isPending(DeviceSlot.ENROLMENT)).isTrue();
      VaultClient dying = restarting(site, Request.Status.class, Integer.MAX_VALUE);
      assertThat(enrol(device, site.connection(dying), password))
          .isEqualTo(new EnrolmentOutcome.VaultFailed(new VaultFailure.Unavailable()));
      assertThat(device.isPending(DeviceSlot.ENROLMENT)).isTrue();
      assertThat(enrol(device, site.connection(), password))
          .isInstanceOf(EnrolmentOutcome.Enrolled.class);
      assertThat(device.rootKey()).isPresent();
    }
  }

  /** The reply to the attempt is lost, and the vault forgets that it gave one. */
  @Test
  @Verifies({"AUT-7", "USR-10", "AUT-8~2"})
  void anAttemptThatWasChargedIsNotSpentAgainThoughItsSecondCopyIsRefused() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      boolean[] cut = {true};
      VaultClient network =
          request -> {
            byte[] reply = site.exchange(request);
            if (cut[0] && Request.decode(request).orElseThrow() instanceof Request.Attempt) {
              cut[0] = false;
              site.restart();
              throw new IOException("reply lost");
            }
            return reply;
          };
      UnlockOutcome outcome = new TestDevice().unlock(site.connection(network), PASSWORD);
      assertThat(outcome)
          .isEqualTo(
              new UnlockOutcome.VaultFailed(
                  new VaultFailure.AttemptSpent(OptionalInt.empty(), 0, false)));
      assertThat(site.status().charges()).isEqualTo(1);
    }
  }

  /** The first copy of Activate or Disable is carried out, and the device hears of the second. */
  @Test
  @Verifies({"AUT-7", "CHG-4", "DIS-1~2"})
  void aCommandThatWasCarriedOutAndThenRefusedCountsAsCarriedOut() throws IOException {
    try (VaultSite site = new VaultSite();
        Password password = VaultSite.password(PASSWORD)) {
      TestDevice device = new TestDevice();
      VaultClient twice =
          request -> {
            Request decoded = Request.decode(request).orElseThrow();
            boolean doubled =
                decoded instanceof Request.Activate || decoded instanceof Request.Disable;
            byte[] first = site.exchange(request);
            return doubled ? site.exchange(request) : first;
          };
      assertThat(enrol(device, site.connection(twice), password))
          .isInstanceOf(EnrolmentOutcome.Enrolled.class);
      assertThat(device.rootKey()).isPresent();
      DisableOutcome disabled =
          device.run(
              state ->
                  DisableProperties.disable(
                      state, site.connection(twice), new TestProvider(), false));
      assertThat(disabled).isEqualTo(new DisableOutcome.Disabled());
      assertThat(site.status().record()).isEqualTo(Reply.RecordState.NONE);
    }
  }

  private static EnrolmentOutcome enrol(
      TestDevice device, VaultConnection connection, Password password) {
    return device.run(
        state ->
            new Enrolment(state, connection).enrol(VaultSite.ALICE, password, PlainCopies.NONE));
  }
}
