package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import lockstep.device.MaliciousVault;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.state.PlainCopies;
import lockstep.device.state.Stretching;
import lockstep.evidence.Attack;
import lockstep.opaque.Argon2Bounds;
import lockstep.opaque.Argon2Parameters;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.StretchingParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vault's operator answers a login with cheaper stretching, so that the KE3 or the next record
 * could be tested offline for less, or with a looser policy than the record was made under.
 */
@Attack
class ParameterDowngradeAttackTest {

  private static final String PASSWORD = "correct horse";
  private static final VaultFailure NOT_TRUSTED = new VaultFailure.NotTrusted();
  private static final VaultFailure AFTER_AN_ATTEMPT = new VaultFailure.NotTrusted(true);

  static List<StretchingParameters> outOfBounds() {
    return List.of(
        new StretchingParameters(63, 1, 1),
        new StretchingParameters(64, 0, 1),
        new StretchingParameters(64, 1, 0),
        new StretchingParameters(129, 1, 1),
        new StretchingParameters(64, 3, 1),
        new StretchingParameters(64, 1, 3));
  }

  @ParameterizedTest
  @MethodSource("outOfBounds")
  @Verifies({"OPQ-5~2", "ENR-2~2"})
  void parametersOutsideTheBoundsAreRefusedBeforeAProofIsSent(StretchingParameters cheap) {
    try (VaultSite site = UnlockProperties.enrolled()) {
      Messages messages = new Messages(twisted(site, reply -> with(reply, cheap)));
      assertThat(new TestDevice().unlock(site.connection(messages), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(AFTER_AN_ATTEMPT));
      assertThat(messages.count(Request.Attempt.class)).isEqualTo(1);
      assertThat(messages.count(Request.Finish.class)).isZero();
    }
  }

  @Test
  @Verifies({"OPQ-5~2", "ENR-2~2"})
  void cheaperParametersWithinTheBoundsGetNoProofEither() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      Messages messages =
          new Messages(twisted(site, reply -> with(reply, new StretchingParameters(128, 2, 2))));
      assertThat(new TestDevice().unlock(site.connection(messages), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(AFTER_AN_ATTEMPT));
      assertThat(messages.count(Request.Finish.class)).isZero();
    }
  }

  @Test
  @Verifies("ENR-2~2")
  void aDeviceThatKnowsTheRecordSaysThatTheVaultLies() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, PASSWORD);
      VaultConnection lying =
          site.connection(twisted(site, reply -> with(reply, new StretchingParameters(128, 2, 2))));
      assertThat(device.change(lying, PASSWORD, "another password"))
          .isEqualTo(new PasswordChangeOutcome.VaultFailed(AFTER_AN_ATTEMPT));
    }
  }

  static List<Policy> policies() {
    return List.of(
        new Policy(0, 2, 86_400_000),
        new Policy(1_001, 2, 86_400_000),
        new Policy(5, 101, 86_400_000),
        new Policy(5, 2, 999),
        new Policy(1_000, 100, 1_000));
  }

  @ParameterizedTest
  @MethodSource("policies")
  @Verifies({"ENR-2~2", "LIM-1"})
  void anotherPolicyThanTheRecordsIsRefused(Policy loose) {
    try (VaultSite site = UnlockProperties.enrolled()) {
      Messages messages = new Messages(twisted(site, reply -> with(reply, loose)));
      assertThat(new TestDevice().unlock(site.connection(messages), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(AFTER_AN_ATTEMPT));
      assertThat(messages.count(Request.Finish.class)).isZero();
    }
  }

  /** The vault keeps to its lie from the status on; the wrap knows better. */
  @Test
  @Verifies({"ENR-2~2", "WRP-2"})
  void aPolicyThatTheVaultSaysThroughoutIsStillNotTheRecords() {
    Policy looser = new Policy(6, 2, 86_400_000);
    try (VaultSite site = UnlockProperties.enrolled()) {
      Messages messages =
          new Messages(
              new MaliciousVault(
                  site,
                  (request, reply) ->
                      reply instanceof Reply.Evaluated evaluated
                          ? with(evaluated, looser)
                          : KnownParametersProperties.with(looser, reply)));
      assertThat(new TestDevice().unlock(site.connection(messages), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(AFTER_AN_ATTEMPT));
      assertThat(messages.count(Request.Finish.class)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  @Verifies({"ENR-2~2", "LIM-1"})
  void aStageIsNotMadeUnderAPolicyThatTheConfirmationContradicts(Policy loose) {
    try (VaultSite site = new VaultSite()) {
      Messages lying =
          new Messages(
              new MaliciousVault(
                  site,
                  (request, reply) ->
                      reply instanceof Reply.Registered registered
                          ? new Reply.Registered(
                              registered.registrationResponse(),
                              loose,
                              registered.expiresAt(),
                              registered.receipt())
                          : reply));
      TestDevice device = new TestDevice();
      try (Password password = VaultSite.password(PASSWORD)) {
        assertThat(
                device.<EnrolmentOutcome>run(
                    state ->
                        new Enrolment(state, site.connection(lying))
                            .accepting(Set.of(Acceptance.LOOSE_POLICY))
                            .enrol(VaultSite.ALICE, password, PlainCopies.NONE)))
            .isEqualTo(new EnrolmentOutcome.VaultFailed(NOT_TRUSTED));
      }
      assertThat(site.status().record()).isEqualTo(Reply.RecordState.NONE);
      boolean possible = loose.attempts() == 1_000;
      assertThat(lying.count(Request.Stage.class)).isEqualTo(possible ? 1 : 0);
    }
  }

  @Test
  @Verifies({"ENR-2~2", "RCP-3"})
  void aReceiptThatTheVaultDidNotSignForTheAccountGetsNoProof() {
    List<UnaryOperator<Receipt>> twists =
        List.of(
            receipt -> new Receipt(receipt.body(), Bytes.zero(64)),
            receipt -> new Receipt(ofBob(receipt.body()), receipt.signature()));
    for (UnaryOperator<Receipt> twist : twists) {
      try (VaultSite site = UnlockProperties.enrolled()) {
        Messages messages = new Messages(twisted(site, reply -> with(reply, twist)));
        assertThat(new TestDevice().unlock(site.connection(messages), PASSWORD))
            .isEqualTo(new UnlockOutcome.VaultFailed(AFTER_AN_ATTEMPT));
        assertThat(messages.count(Request.Finish.class)).isZero();
      }
    }
  }

  private static Receipt.Body ofBob(Receipt.Body body) {
    return new Receipt.Body(
        body.kind(),
        new AccountName("bob"),
        body.generation(),
        body.epoch(),
        body.charges(),
        body.round(),
        body.lockedUntil(),
        body.time(),
        body.sequence(),
        body.previousHash());
  }

  @Test
  @Verifies("ENR-2~2")
  void anotherSuiteIsRefused() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      VaultClient lying =
          twisted(
              site,
              reply ->
                  new Reply.Evaluated(
                      reply.sessionId(),
                      reply.generation(),
                      2,
                      reply.stretching(),
                      reply.policy(),
                      reply.attemptsRemaining(),
                      reply.lockedUntil(),
                      reply.finalSession(),
                      reply.ke2(),
                      reply.receipt()));
      assertThat(new TestDevice().unlock(site.connection(lying), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(AFTER_AN_ATTEMPT));
    }
  }

  @Test
  @Verifies({"OPQ-4", "OPQ-5~2"})
  void theProductsFloorIsTheStandardRecords() {
    assertThat(Stretching.STANDARD.parameters()).isEqualTo(new Argon2Parameters(65_536, 3, 4));
    assertThat(Stretching.STANDARD.bounds()).isEqualTo(Argon2Bounds.STANDARD);
    Argon2Parameters cheaper = new Argon2Parameters(65_535, 3, 4);
    assertThat(Argon2Bounds.STANDARD.accepts(cheaper)).isFalse();
    assertThatThrownBy(() -> new Stretching(Argon2Bounds.STANDARD, cheaper))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Argon2Bounds.STANDARD.accepts(Stretching.STANDARD.parameters())).isTrue();
  }

  private static VaultClient twisted(VaultSite site, UnaryOperator<Reply.Evaluated> twist) {
    return new MaliciousVault(
        site,
        (request, reply) ->
            reply instanceof Reply.Evaluated evaluated ? twist.apply(evaluated) : reply);
  }

  private static Reply.Evaluated with(Reply.Evaluated reply, StretchingParameters stretching) {
    return new Reply.Evaluated(
        reply.sessionId(),
        reply.generation(),
        reply.suite(),
        stretching,
        reply.policy(),
        reply.attemptsRemaining(),
        reply.lockedUntil(),
        reply.finalSession(),
        reply.ke2(),
        reply.receipt());
  }

  /** A liar who knows that remaining attempts and receipt are compared lies about both alike. */
  private static Reply.Evaluated with(Reply.Evaluated reply, Policy policy) {
    int charges = reply.receipt().orElseThrow().body().charges();
    return new Reply.Evaluated(
        reply.sessionId(),
        reply.generation(),
        reply.suite(),
        reply.stretching(),
        policy,
        Math.max(0, policy.attempts() - charges),
        reply.lockedUntil(),
        reply.finalSession(),
        reply.ke2(),
        reply.receipt());
  }

  private static Reply.Evaluated with(Reply.Evaluated reply, UnaryOperator<Receipt> twist) {
    return new Reply.Evaluated(
        reply.sessionId(),
        reply.generation(),
        reply.suite(),
        reply.stretching(),
        reply.policy(),
        reply.attemptsRemaining(),
        reply.lockedUntil(),
        reply.finalSession(),
        reply.ke2(),
        reply.receipt().map(twist));
  }
}
