package lockstep.vault;

import static lockstep.vault.MachineRun.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import lockstep.trace.Verifies;
import lockstep.vault.AccountState.Active;
import lockstep.vault.AccountState.Tombstone;
import lockstep.vault.AttemptLimiter.Phase;
import lockstep.vault.VaultCommand.Mandate;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Refusal.Reason;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Register, Stage, Confirm, Activate: one record at a time, and the budget is never refilled. */
class StagingProperties {

  private static final AttemptPolicy STANDARD = AttemptPolicy.STANDARD;

  @Property(tries = 50)
  @Verifies("STG-1~1")
  void onlyTheNextGenerationIsAcceptedAndItIsUsedUpEvenIfAbandoned(
      @ForAll @LongRange(min = 0, max = 10) long generation,
      @ForAll @IntRange(max = 3) int abandoned) {
    MachineRun run = new MachineRun(STANDARD);
    for (int i = 0; i < abandoned; i++) {
      assertThat(run.register(i + 1, new Mandate.Token())).isInstanceOf(VaultReply.Reserved.class);
      run.time += AccountDraft.STAGE_MILLIS;
    }
    VaultReply reply = run.register(generation, new Mandate.Token());
    if (generation == abandoned + 1) {
      assertThat(reply).isInstanceOf(VaultReply.Reserved.class);
    } else {
      assertThat(refusal(reply)).contains(new Refusal.Conflict(Reason.GENERATION_USED, abandoned));
    }
  }

  @Example
  @Verifies("STG-2~1")
  void whereThereIsNoRecordTheTokenRegisters() {
    MachineRun run = new MachineRun(STANDARD);
    assertThat(refusal(run.register(1, run.signed(1)))).contains(new Refusal.Refused());
    assertThat(refusal(run.register(1, new Mandate.Session(run.freshId()))))
        .contains(new Refusal.Refused());
    assertThat(run.stored).isEmpty();
    assertThat(run.register(1, new Mandate.Token())).isInstanceOf(VaultReply.Reserved.class);
  }

  @Example
  @Verifies({"STG-2~1", "AUT-5~1"})
  void whereThereIsARecordOnlyAVerifiedSessionOnItRegistersAndOnce() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    assertThat(refusal(run.register(2, new Mandate.Token()))).contains(new Refusal.Refused());
    assertThat(refusal(run.register(2, run.signed(1)))).contains(new Refusal.Refused());
    Bytes unverified = run.freshId();
    run.attempt(unverified);
    assertThat(refusal(run.register(2, new Mandate.Session(unverified))))
        .contains(new Refusal.Refused());
    Mandate session = new Mandate.Session(run.unlock().orElseThrow());
    assertThat(run.register(2, session)).isInstanceOf(VaultReply.Reserved.class);
    assertThat(refusal(run.register(3, session))).contains(new Refusal.Refused());
  }

  @Example
  @Verifies("STG-2~1")
  void aSessionThatHasExpiredDoesNotRegister() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    Mandate session = new Mandate.Session(run.unlock().orElseThrow());
    run.time += AccountDraft.SESSION_MILLIS;
    assertThat(refusal(run.register(2, session))).contains(new Refusal.Refused());
  }

  @Example
  @Verifies({"STG-2~1", "LIM-15~1"})
  void onATombstoneTheCommandKeyRegistersOrTheTokenAfterARestart() {
    MachineRun run = destroyed(STANDARD);
    assertThat(refusal(run.register(2, new Mandate.Token()))).contains(new Refusal.Destroyed());
    assertThat(refusal(run.register(2, run.signed(9)))).contains(new Refusal.Refused());
    MachineRun signed = copy(run);
    assertThat(signed.enrol(signed.signed(1))).isInstanceOf(VaultReply.Carried.class);
    assertThat(signed.status().epoch()).isEqualTo(2);
    run.submit(new VaultCommand.Restart(run.time));
    run.time += AccountDraft.RESTART_MILLIS;
    run.submit(new VaultCommand.CompleteRestart(run.time));
    assertThat(run.enrol(new Mandate.Token())).isInstanceOf(VaultReply.Carried.class);
    assertThat(run.status().epoch()).isEqualTo(2);
  }

  @Property(tries = 30)
  @Verifies("STG-3~1")
  void theIdenticalRegisterIsAnsweredAlikeAndChargedOnce(
      @ForAll @IntRange(min = 1, max = 5) int n) {
    MachineRun run = new MachineRun(STANDARD);
    VaultReply.Reserved first = (VaultReply.Reserved) run.register(1, new Mandate.Token());
    for (int i = 0; i < n; i++) {
      run.time += 1_000;
      VaultReply.Reserved again = (VaultReply.Reserved) run.register(1, new Mandate.Token());
      assertThat(again.expiresAt()).isEqualTo(first.expiresAt());
      assertThat(again.policy()).isEqualTo(first.policy());
    }
    assertThat(run.status().charges()).isEqualTo(1);
  }

  @Example
  @Verifies("STG-3~1")
  void aLostReplyIsHadAgainUnderTheUsedSession() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    Mandate session = new Mandate.Session(run.unlock().orElseThrow());
    run.register(2, session);
    assertThat(run.register(2, session)).isInstanceOf(VaultReply.Reserved.class);
    assertThat(run.status().charges()).isEqualTo(1);
  }

  @Property(tries = 30)
  @Verifies("STG-3~1")
  void anyOtherRegisterForThatGenerationConflicts(@ForAll boolean otherKey) {
    MachineRun run = new MachineRun(STANDARD);
    run.register(1, new Mandate.Token());
    VaultReply reply =
        run.submit(
            new VaultCommand.Register(
                run.time,
                run.freshId(),
                1,
                MachineRun.oneTimeKey(otherKey ? 2 : 1),
                MachineRun.requestDigest(otherKey ? 1 : 2),
                STANDARD,
                new Mandate.Token()));
    assertThat(refusal(reply)).contains(new Refusal.Conflict(Reason.OTHER_REQUEST, 0));
    assertThat(run.status().charges()).isEqualTo(1);
  }

  @Example
  @Verifies({"STG-4~1", "LIM-5~1", "LIM-14~1"})
  void everyRegisterIsChargedUntilTheLockRefusesIt() {
    MachineRun run = new MachineRun(STANDARD);
    for (long generation = 1; generation <= 5; generation++) {
      assertThat(run.register(generation, new Mandate.Token()))
          .isInstanceOf(VaultReply.Reserved.class);
    }
    assertThat(refusal(run.register(6, new Mandate.Token())))
        .contains(new Refusal.Locked(run.time + STANDARD.waitMillis()));
    assertThat(run.state().lastGeneration()).isEqualTo(5);
    run.time += STANDARD.waitMillis();
    assertThat(run.register(6, new Mandate.Token())).isInstanceOf(VaultReply.Reserved.class);
    assertThat(run.status().round()).isEqualTo(2);
  }

  @Property(tries = 50)
  @Verifies("STG-5~1")
  void aStageEndsTenMinutesAfterItsRegister(@ForAll @LongRange(max = 1_200_000) long age) {
    MachineRun run = new MachineRun(STANDARD);
    VaultReply.Reserved reserved = (VaultReply.Reserved) run.register(1, new Mandate.Token());
    assertThat(reserved.expiresAt()).isEqualTo(run.time + 600_000);
    run.time += age;
    VaultReply reply = run.stage(1);
    if (age < 600_000) {
      assertThat(reply).isInstanceOf(VaultReply.Recorded.class);
    } else {
      assertThat(refusal(reply)).contains(new Refusal.Refused());
    }
    assertThat(run.status().charges()).isEqualTo(1);
  }

  @Example
  @Verifies({"STG-5~1", "STG-9~1"})
  void aStageThatEndedOrWasReplacedIsNotActivated() {
    MachineRun run = new MachineRun(STANDARD);
    run.register(1, new Mandate.Token());
    run.stage(1);
    run.time += AccountDraft.STAGE_MILLIS - 1_000;
    Bytes id = run.freshId();
    run.confirm(id, 1);
    run.finish(id, true);
    MachineRun replaced = copy(run);
    run.time += 1_000;
    assertThat(refusal(run.activate(id, 1)))
        .contains(new Refusal.Conflict(Reason.NO_SUCH_STAGE, 0));
    replaced.register(2, new Mandate.Token());
    assertThat(refusal(replaced.activate(id, 1)))
        .contains(new Refusal.Conflict(Reason.NO_SUCH_STAGE, 0));
    assertThat(refusal(replaced.activate(id, 2)))
        .contains(new Refusal.Conflict(Reason.NO_SUCH_STAGE, 0));
  }

  @Property(tries = 20)
  @Verifies({"STG-5~1", "LIM-8~1"})
  void aStageWhoseChargeWasTheLastDestroysWhenItEndsUnconfirmed(
      @ForAll @IntRange(max = 3) int how) {
    MachineRun run = new MachineRun(new AttemptPolicy(1, 1, 1_000));
    run.register(1, new Mandate.Token());
    assertThat(run.state().limiter().phase()).isEqualTo(Phase.FINAL);
    assertThat(run.status().lockedUntil()).isEqualTo(run.time + AccountDraft.STAGE_MILLIS);
    run.stage(1);
    Bytes id = run.freshId();
    if (how > 0) {
      run.confirm(id, 1);
    }
    switch (how) {
      case 0 -> run.time += AccountDraft.STAGE_MILLIS;
      case 1 -> run.time += AccountDraft.SESSION_MILLIS;
      case 2 -> run.finish(id, false);
      default -> run.abandon(id);
    }
    assertThat(refusal(run.fail())).contains(new Refusal.Destroyed());
    assertThat(run.state().standing()).isEqualTo(new Tombstone(Optional.empty(), 1, false));
  }

  @Example
  @Verifies("STG-6~1")
  void aStageTakesOneRecord() {
    MachineRun run = new MachineRun(STANDARD);
    run.register(1, new Mandate.Token());
    assertThat(run.stage(1)).isInstanceOf(VaultReply.Recorded.class);
    assertThat(run.stage(1)).isInstanceOf(VaultReply.Recorded.class);
    VaultReply other =
        run.submit(
            new VaultCommand.Stage(
                run.time,
                1,
                MachineRun.oneTimeKey(1),
                MachineRun.numbered(32, 77),
                MachineRun.record(7),
                MachineRun.commandKey(7)));
    assertThat(refusal(other)).contains(new Refusal.Conflict(Reason.OTHER_REQUEST, 0));
    assertThat(run.state().stage().orElseThrow().staged().orElseThrow().record())
        .isEqualTo(MachineRun.record(1));
  }

  @Example
  @Verifies({"AUT-6~1", "STG-6~1", "STG-7~1"})
  void anotherKeyOrGenerationNeitherStagesNorConfirms() {
    MachineRun run = new MachineRun(STANDARD);
    run.register(1, new Mandate.Token());
    assertThat(refusal(run.stage(2))).contains(new Refusal.Refused());
    assertThat(refusal(run.confirm(run.freshId(), 2))).contains(new Refusal.Refused());
    assertThat(
            refusal(
                run.submit(
                    new VaultCommand.Stage(
                        run.time,
                        2,
                        MachineRun.oneTimeKey(1),
                        MachineRun.numbered(32, 1),
                        MachineRun.record(1),
                        MachineRun.commandKey(1)))))
        .contains(new Refusal.Conflict(Reason.NO_SUCH_STAGE, 0));
    assertThat(
            refusal(
                run.submit(
                    new VaultCommand.Confirm(
                        run.time, run.freshId(), 2, MachineRun.oneTimeKey(1)))))
        .contains(new Refusal.Conflict(Reason.NO_SUCH_STAGE, 0));
  }

  @Example
  @Verifies({"STG-7~1", "SES-2~1"})
  void aStageAnswersOneConfirmAndChargesNothingForIt() {
    MachineRun run = new MachineRun(STANDARD);
    run.register(1, new Mandate.Token());
    assertThat(refusal(run.confirm(run.freshId(), 1)))
        .contains(new Refusal.Conflict(Reason.NO_SUCH_STAGE, 0));
    run.stage(1);
    VaultReply.Permit permit = (VaultReply.Permit) run.confirm(run.freshId(), 1);
    assertThat(permit.record()).isEqualTo(MachineRun.record(1));
    assertThat(permit.generation()).isEqualTo(1);
    assertThat(permit.receipt()).isEmpty();
    assertThat(refusal(run.confirm(run.freshId(), 1)))
        .contains(new Refusal.Conflict(Reason.ALREADY_CONFIRMED, 0));
    assertThat(run.status().charges()).isEqualTo(1);
  }

  @Property(tries = 100)
  @Verifies("STG-8~1")
  void confirmationGivesBackItsOwnChargeAndNothingElse(
      @ForAll @IntRange(min = 2, max = 5) int attempts, @ForAll @IntRange(max = 4) int before) {
    AttemptPolicy policy = new AttemptPolicy(attempts, 2, Policies.LONG_WAIT);
    MachineRun run = new MachineRun(policy);
    int lost = Math.min(before, attempts - 1);
    for (int i = 0; i < lost; i++) {
      run.register(i + 1, new Mandate.Token());
    }
    run.register(lost + 1, new Mandate.Token());
    assertThat(run.status().charges()).isEqualTo(lost + 1);
    assertThat(run.status().lockedUntil() > 0).isEqualTo(lost + 1 == attempts);
    confirm(run, lost + 1);
    assertThat(run.status().charges()).isEqualTo(lost);
    assertThat(run.status().lockedUntil()).isZero();
  }

  @Example
  @Verifies({"STG-8~1", "LIM-14~1"})
  void aLockThatAnotherChargeCausedStands() {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(3, 2, Policies.LONG_WAIT));
    Mandate session = new Mandate.Session(run.unlock().orElseThrow());
    run.register(2, session);
    run.fail(2);
    long until = run.status().lockedUntil();
    assertThat(until).isPositive();
    confirm(run, 2);
    assertThat(run.status().lockedUntil()).isEqualTo(until);
    assertThat(run.status().charges()).isEqualTo(3);
  }

  @Property(tries = 20)
  @Verifies("STG-8~1")
  void afterASuccessOrANewRoundThereIsNothingToGiveBack(@ForAll boolean success) {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(2, 3, 1_000));
    Mandate session = new Mandate.Session(run.unlock().orElseThrow());
    run.register(2, session);
    if (success) {
      run.unlock();
    } else {
      run.fail();
      run.time += 1_000;
    }
    run.fail();
    int charges = run.status().charges();
    int round = run.status().round();
    assertThat(charges).isEqualTo(1);
    confirm(run, 2);
    assertThat(run.status().charges()).isEqualTo(charges);
    assertThat(run.status().round()).isEqualTo(round);
  }

  @Example
  @Verifies({"STG-9~1", "STG-10~1"})
  void activationReplacesTheRecordAndEndsEverySessionAtOnce() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    Mandate session = new Mandate.Session(run.unlock().orElseThrow());
    Bytes other = run.freshId();
    run.attempt(other);
    run.register(2, session);
    run.stage(2);
    Bytes id = run.freshId();
    run.confirm(id, 2);
    assertThat(refusal(run.activate(id, 2))).contains(new Refusal.Refused());
    run.finish(id, true);
    assertThat(((Active) run.state().standing()).generation()).isEqualTo(1);
    assertThat(run.activate(id, 2)).isInstanceOf(VaultReply.Carried.class);
    assertThat(run.erased).isTrue();
    AccountState after = run.state();
    assertThat(after.standing())
        .isEqualTo(new Active(2, MachineRun.record(2), MachineRun.commandKey(2)));
    assertThat(after.stage()).isEmpty();
    assertThat(after.sessions()).isEmpty();
    assertThat(
            AttemptProperties.contains(run.stored.orElseThrow(), MachineRun.record(1).ciphertext()))
        .isFalse();
    assertThat(refusal(run.finish(other, true))).contains(new Refusal.SessionUnknown());
    assertThat(refusal(run.activate(id, 2))).contains(new Refusal.Refused());
  }

  @Example
  @Verifies({"STG-9~1", "LIM-7~1"})
  void theFinalPhaseRefusesActivationAndKeepsTheStage() {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(2, 1, 1_000));
    Mandate session = new Mandate.Session(run.unlock().orElseThrow());
    run.register(2, session);
    run.stage(2);
    Bytes id = run.freshId();
    run.confirm(id, 2);
    run.finish(id, true);
    run.fail();
    Bytes last = run.freshId();
    run.attempt(last);
    assertThat(refusal(run.activate(id, 2)))
        .contains(new Refusal.Locked(run.time + AccountDraft.SESSION_MILLIS));
    assertThat(run.state().stage()).isPresent();
    run.finish(last, true);
    assertThat(run.activate(id, 2)).isInstanceOf(VaultReply.Carried.class);
  }

  static MachineRun destroyed(AttemptPolicy policy) {
    MachineRun run = MachineRun.enrolled(policy);
    run.finish(AttemptProperties.spendAllButTheAnswer(run), false);
    return run;
  }

  static MachineRun copy(MachineRun run) {
    MachineRun copy = new MachineRun(run.policy);
    copy.stored = run.stored;
    copy.time = run.time;
    return copy;
  }

  private static void confirm(MachineRun run, long generation) {
    run.stage(generation);
    Bytes id = run.freshId();
    assertThat(run.confirm(id, generation)).isInstanceOf(VaultReply.Permit.class);
    assertThat(run.finish(id, true)).isInstanceOf(VaultReply.Verified.class);
  }
}
