package lockstep.vault;

import static lockstep.vault.machine.MachineRun.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AccountState.Active;
import lockstep.vault.machine.AccountState.Tombstone;
import lockstep.vault.machine.AttemptLimiter;
import lockstep.vault.machine.AttemptLimiter.Phase;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.Policies;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Attempts: what is charged, what locks, what lifts the lock, what destroys. */
class AttemptProperties {

  private static final int USED_TOKENS = 256;

  @Provide
  Arbitrary<AttemptPolicy> policies() {
    return Policies.arbitrary();
  }

  @Property(tries = 200)
  @Verifies({"LIM-3", "LIM-5"})
  void reachingTheAttemptsLocksUntilThatChargesTimePlusTheWait(
      @ForAll("policies") AttemptPolicy policy,
      @ForAll @LongRange(min = 0, max = 59_999) long gap) {
    AttemptPolicy twoRounds = new AttemptPolicy(policy.attempts(), 2, policy.waitMillis());
    MachineRun run = MachineRun.enrolled(twoRounds);
    for (int i = 1; i < twoRounds.attempts(); i++) {
      assertThat(refusal(run.fail())).contains(new Refusal.WrongProof(twoRounds.attempts() - i, 0));
    }
    run.time += gap;
    long until = run.time + twoRounds.waitMillis();
    VaultReply.Permit last = (VaultReply.Permit) run.attempt(run.freshId());
    assertThat(last.lockedUntil()).isEqualTo(until);
    assertThat(last.attemptsRemaining()).isZero();
    AttemptLimiter locked = run.state().limiter();
    run.time = until - 1;
    assertThat(refusal(run.fail())).contains(new Refusal.Locked(until));
    assertThat(run.state().limiter()).isEqualTo(locked);
  }

  @Example
  @Verifies("LIM-3")
  void fiveFailuresLock() {
    MachineRun run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    run.fail(5);
    assertThat(refusal(run.fail()))
        .contains(new Refusal.Locked(MachineRun.START + AttemptPolicy.STANDARD.waitMillis()));
  }

  @Property(tries = 100)
  @Verifies({"LIM-4", "LIM-10"})
  void theRightPasswordAsTheLockingAttemptOpens(@ForAll("policies") AttemptPolicy policy) {
    MachineRun run = MachineRun.enrolled(policy);
    run.fail(policy.attempts() - 1);
    Bytes id = run.freshId();
    assertThat(run.attempt(id)).isInstanceOf(VaultReply.Permit.class);
    assertThat(run.state().limiter().phase()).isNotEqualTo(Phase.OPEN);
    run.time += AccountDraft.SESSION_MILLIS - 1;
    assertThat(run.finish(id, true)).isInstanceOf(VaultReply.Verified.class);
    AttemptLimiter after = run.state().limiter();
    assertThat(after.phase()).isEqualTo(Phase.OPEN);
    assertThat(after.charges()).isZero();
    assertThat(after.round()).isEqualTo(1);
    assertThat(run.status().lockedUntil()).isZero();
  }

  @Property(tries = 100)
  @Verifies("LIM-6")
  void theFirstAttemptAfterTheWaitBeginsTheNextRound(
      @ForAll("policies") AttemptPolicy policy,
      @ForAll @LongRange(min = 0, max = 100_000) long late) {
    AttemptPolicy rounds = new AttemptPolicy(policy.attempts(), 3, policy.waitMillis());
    MachineRun run = MachineRun.enrolled(rounds);
    run.fail(rounds.attempts());
    run.time += rounds.waitMillis() + late;
    assertThat(run.attempt(run.freshId())).isInstanceOf(VaultReply.Permit.class);
    assertThat(run.state().limiter().round()).isEqualTo(2);
    assertThat(run.state().limiter().charges()).isEqualTo(1);
  }

  @Property(tries = 50)
  @Verifies({"LIM-7~2", "LIM-8~2", "LIM-12"})
  void theLastChargeOpensTheFinalSessionAndItsEndDestroys(
      @ForAll("policies") AttemptPolicy policy, @ForAll @IntRange(min = 0, max = 2) int how) {
    MachineRun run = MachineRun.enrolled(policy);
    Bytes last = spendAllButTheAnswer(run);
    long expiresAt = run.time + AccountDraft.SESSION_MILLIS;
    assertThat(refusal(run.attempt(run.freshId()))).contains(new Refusal.Locked(expiresAt));
    assertThat(run.status().lockedUntil()).isEqualTo(expiresAt);
    if (how == 0) {
      assertThat(refusal(run.finish(last, false))).contains(new Refusal.Destroyed());
    } else if (how == 1) {
      assertThat(refusal(run.abandon(last))).contains(new Refusal.Destroyed());
    } else {
      run.time += AccountDraft.SESSION_MILLIS;
    }
    assertThat(refusal(run.attempt(run.freshId()))).contains(new Refusal.Destroyed());
    assertThat(run.state().standing())
        .isEqualTo(new Tombstone(Optional.of(MachineRun.commandKey(1)), 1, false));
    assertThat(run.state().sessions()).isEmpty();
  }

  @Example
  @Verifies("LIM-8~2")
  void destructionErasesTheRecordFromWhatIsStored() {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(1, 1, 1_000));
    Bytes id = run.freshId();
    run.attempt(id);
    assertThat(run.erased).isFalse();
    assertThat(contains(run.stored.orElseThrow(), MachineRun.record(1).ciphertext())).isTrue();
    run.finish(id, false);
    assertThat(run.erased).isTrue();
    assertThat(contains(run.stored.orElseThrow(), MachineRun.record(1).ciphertext())).isFalse();
  }

  @Property(tries = 100)
  @Verifies({"LIM-7~2", "LIM-10"})
  void theFinalSessionMaySucceed(@ForAll("policies") AttemptPolicy policy) {
    MachineRun run = MachineRun.enrolled(policy);
    Bytes last = spendAllButTheAnswer(run);
    assertThat(run.finish(last, true)).isInstanceOf(VaultReply.Verified.class);
    run.time += AccountDraft.SESSION_MILLIS;
    assertThat(run.attempt(run.freshId())).isInstanceOf(VaultReply.Permit.class);
    assertThat(run.state().limiter().round()).isEqualTo(1);
  }

  @Example
  @Verifies({"LIM-10", "LIM-7~2"})
  void anEarlierSessionThatSucceedsEndsTheFinalPhaseForGood() {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(2, 1, 1_000));
    Bytes earlier = run.freshId();
    run.attempt(earlier);
    Bytes last = run.freshId();
    run.attempt(last);
    run.finish(earlier, true);
    assertThat(refusal(run.finish(last, false))).contains(new Refusal.WrongProof(2, 0));
    assertThat(run.state().standing()).isInstanceOf(Active.class);
  }

  @Property(tries = 100)
  @Verifies("LIM-9")
  void wrongTimedOutAbandonedAndRepeatedAnswersStayCharged(
      @ForAll @IntRange(min = 0, max = 3) int how) {
    MachineRun run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    Bytes id = run.freshId();
    run.attempt(id);
    switch (how) {
      case 0 -> run.finish(id, false);
      case 1 -> run.abandon(id);
      case 2 -> run.time += AccountDraft.SESSION_MILLIS;
      default -> {
        run.finish(id, false);
        run.finish(id, true);
      }
    }
    assertThat(run.status().charges()).isEqualTo(1);
  }

  @Example
  @Verifies({"SES-1", "LEA-5"})
  void nothingIsChargedWithoutARecord() {
    MachineRun run = new MachineRun(AttemptPolicy.STANDARD);
    assertThat(refusal(run.fail())).contains(new Refusal.NotEnrolled());
    assertThat(run.stored).isEmpty();
    run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    run.submit(new VaultCommand.Disable(run.time, run.signed(1)));
    assertThat(refusal(run.fail())).contains(new Refusal.NotEnrolled());
    assertThat(run.status().charges()).isZero();
  }

  @Property(tries = 50)
  @Verifies("LIM-13")
  void theVaultsNewPolicyDoesNotReachARecordThatExists(@ForAll("policies") AttemptPolicy policy) {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(1, 2, 50_000));
    MachineRun reconfigured = new MachineRun(policy);
    reconfigured.stored = run.stored;
    reconfigured.fail();
    assertThat(refusal(reconfigured.fail()))
        .contains(new Refusal.Locked(reconfigured.time + 50_000));
    assertThat(reconfigured.status().policy().attempts()).isEqualTo(1);
  }

  @Example
  @Verifies("LIM-13")
  void reEnrolmentInTheSameEpochKeepsThePolicyItBeganWith() {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(2, 2, 50_000));
    run.submit(new VaultCommand.Disable(run.time, run.signed(1)));
    MachineRun reconfigured = new MachineRun(new AttemptPolicy(1_000, 100, 1_000));
    reconfigured.stored = run.stored;
    assertThat(reconfigured.enrol(new Mandate.Token())).isInstanceOf(VaultReply.Carried.class);
    assertThat(reconfigured.state().limiter().policy()).isEqualTo(new AttemptPolicy(2, 2, 50_000));
  }

  @Property(tries = 50)
  @Verifies("LIM-13")
  void noStepOfAnEpochChangesItsPolicy(@ForAll("policies") AttemptPolicy policy) {
    MachineRun run = MachineRun.enrolled(policy);
    run.fail();
    run.time += policy.waitMillis();
    assertThat(run.state().limiter().policy()).isEqualTo(policy);
    if (run.unlock().isPresent()) {
      assertThat(run.state().limiter().policy()).isEqualTo(policy);
      run.submit(new VaultCommand.Disable(run.time, run.signed(1)));
      run.enrol(new Mandate.Token());
      assertThat(run.state().limiter().policy()).isEqualTo(policy);
    }
  }

  @Example
  @Verifies({"LIM-13", "LIM-15~2"})
  void aNewEpochBeginsWithTheVaultsPolicyWhereThatIsStricter() {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(2, 1, 50_000));
    run.fail(2);
    AttemptPolicy stricter = new AttemptPolicy(1, 1, 60_000);
    MachineRun reconfigured = new MachineRun(stricter);
    reconfigured.stored = run.stored;
    reconfigured.register(2, reconfigured.signed(1));
    assertThat(reconfigured.state().epoch()).isEqualTo(2);
    assertThat(reconfigured.state().limiter().policy()).isEqualTo(stricter);
  }

  @Example
  @Verifies("AUT-8~2")
  void theUseOfATokenIsRememberedUntilItExpiresThoughManyOthersFollow() {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(1_000, 1, 50_000));
    long expiresAt = run.time + 600_000;
    for (int i = 0; i < USED_TOKENS; i++) {
      assertThat(attemptUnder(run, i, expiresAt)).isInstanceOf(VaultReply.Permit.class);
    }
    assertThat(refusal(attemptUnder(run, USED_TOKENS, expiresAt)))
        .contains(new Refusal.Unavailable());
    run.time = expiresAt - 1;
    for (int i = 0; i < USED_TOKENS; i++) {
      assertThat(refusal(attemptUnder(run, i, expiresAt))).contains(new Refusal.Refused());
    }
    assertThat(run.status().charges()).isEqualTo(USED_TOKENS);
    run.time = expiresAt;
    assertThat(attemptUnder(run, USED_TOKENS, expiresAt + 600_000))
        .isInstanceOf(VaultReply.Permit.class);
  }

  private static VaultReply attemptUnder(MachineRun run, int token, long expiresAt) {
    Mandate.TokenUse use = new Mandate.TokenUse(MachineRun.numbered(32, token), expiresAt);
    return run.submit(
        new VaultCommand.Charge(run.time, run.freshId(), new Mandate.Token(Optional.of(use))));
  }

  /** Fails until one answer is left to give; the final session. */
  static Bytes spendAllButTheAnswer(MachineRun run) {
    for (int round = 1; round < run.policy.rounds(); round++) {
      run.fail(run.policy.attempts());
      run.time += run.policy.waitMillis();
    }
    run.fail(run.policy.attempts() - 1);
    Bytes last = run.freshId();
    VaultReply.Permit permit = (VaultReply.Permit) run.attempt(last);
    assertThat(permit.finalSession()).isTrue();
    return last;
  }

  static boolean contains(Bytes stored, Bytes part) {
    return java.util.HexFormat.of()
        .formatHex(stored.toArray())
        .contains(java.util.HexFormat.of().formatHex(part.toArray()));
  }
}
