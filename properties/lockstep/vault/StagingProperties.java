package lockstep.vault;

import static lockstep.vault.machine.MachineRun.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AttemptLimiter.Phase;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Refusal.Reason;
import lockstep.wire.Reply;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Register, Stage, Confirm, Activate: one record at a time, and the budget is never refilled. */
class StagingProperties {

  private static final AttemptPolicy STANDARD = AttemptPolicy.STANDARD;

  @Property(tries = 50)
  @Verifies("STG-1")
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
  @Verifies("STG-2")
  void whereThereIsNoRecordTheTokenRegisters() {
    MachineRun run = new MachineRun(STANDARD);
    assertThat(refusal(run.register(1, run.signed(1)))).contains(new Refusal.Refused());
    assertThat(refusal(run.register(1, new Mandate.Session(run.freshId()))))
        .contains(new Refusal.Refused());
    assertThat(run.stored).isEmpty();
    assertThat(run.register(1, new Mandate.Token())).isInstanceOf(VaultReply.Reserved.class);
  }

  @Example
  @Verifies({"STG-2", "AUT-5"})
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
  @Verifies("STG-2")
  void aSessionThatHasExpiredDoesNotRegister() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    Mandate session = new Mandate.Session(run.unlock().orElseThrow());
    run.time += AccountDraft.SESSION_MILLIS;
    assertThat(refusal(run.register(2, session))).contains(new Refusal.Refused());
  }

  @Example
  @Verifies({"STG-2", "LIM-15~2"})
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
  @Verifies("STG-3~2")
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
  @Verifies("STG-3~2")
  void aLostReplyIsHadAgainUnderTheUsedSession() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    Mandate session = new Mandate.Session(run.unlock().orElseThrow());
    run.register(2, session);
    assertThat(run.register(2, session)).isInstanceOf(VaultReply.Reserved.class);
    assertThat(run.status().charges()).isEqualTo(1);
  }

  @Property(tries = 30)
  @Verifies("STG-3~2")
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
                MachineRun.secret(1),
                STANDARD,
                new Mandate.Token()));
    assertThat(refusal(reply)).contains(new Refusal.Conflict(Reason.OTHER_REQUEST, 0));
    assertThat(run.status().charges()).isEqualTo(1);
  }

  @Example
  @Verifies({"STG-4", "LIM-5", "LIM-14"})
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
  @Verifies("STG-5~2")
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
  @Verifies({"STG-5~2", "STG-9"})
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
  @Verifies({"STG-5~2", "LIM-8~2", "SES-6~2"})
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
      case 2 -> assertThat(refusal(run.finish(id, false))).contains(new Refusal.NotEnrolled());
      default -> assertThat(refusal(run.abandon(id))).contains(new Refusal.NotEnrolled());
    }
    assertThat(refusal(run.fail())).contains(new Refusal.NotEnrolled());
    assertThat(run.state().standing()).isInstanceOf(AccountState.None.class);
    assertThat(run.state().limiter().phase()).isEqualTo(Phase.DESTROYED);
    assertThat(run.state().stage()).isEmpty();
  }

  /** Whoever has a token can spend the stages of a name, and its owner can enrol all the same. */
  @Example
  @Verifies({"LIM-8~2", "LIM-15~2"})
  void tenStagesDoNotBurnANameThatWasNeverEnrolled() {
    MachineRun run = new MachineRun(STANDARD);
    for (int i = 0; i < 10; i++) {
      run.time += i == 5 ? STANDARD.waitMillis() : 0;
      assertThat(run.register(run.nextGeneration(), new Mandate.Token()))
          .isInstanceOf(VaultReply.Reserved.class);
    }
    run.time += AccountDraft.STAGE_MILLIS;
    assertThat(run.status().record()).isEqualTo(Reply.RecordState.NONE);
    assertThat(refusal(run.fail())).contains(new Refusal.NotEnrolled());
    VaultReply owner = run.register(run.nextGeneration(), new Mandate.Token());
    assertThat(MachineRun.receipt(owner).orElseThrow().kind())
        .isEqualTo(Receipt.Kind.STAGE_RESERVED_IN_NEW_EPOCH);
    assertThat(run.status().charges()).isEqualTo(1);
  }

  /** Who has waited a week for a restart does not wait for another one. */
  @Example
  @Verifies({"LIM-8~2", "LEA-4", "STG-2"})
  void tenStagesDoNotBurnANameThatWasRestarted() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    run.submit(new VaultCommand.Restart(run.time));
    run.time += AccountDraft.RESTART_MILLIS;
    run.submit(new VaultCommand.CompleteRestart(run.time));
    for (int i = 0; i < 10; i++) {
      run.time += i == 5 ? STANDARD.waitMillis() : 0;
      assertThat(run.register(run.nextGeneration(), new Mandate.Token()))
          .isInstanceOf(VaultReply.Reserved.class);
    }
    run.time += AccountDraft.STAGE_MILLIS;
    assertThat(run.status().record()).isEqualTo(Reply.RecordState.RESTARTED);
    assertThat(run.register(run.nextGeneration(), new Mandate.Token()))
        .isInstanceOf(VaultReply.Reserved.class);
  }

  /** What was disabled is gone: its owner waits for a lock, and for no restart of a week. */
  @Example
  @Verifies({"LIM-8~2", "LIM-14", "LIM-15~2"})
  void tenStagesDoNotBurnANameThatWasDisabled() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    for (int i = 0; i < 3; i++) {
      run.fail();
    }
    run.submit(new VaultCommand.Disable(run.time, run.signed(1)));
    assertThat(run.status().charges()).isEqualTo(3);
    for (int i = 3; i < 10; i++) {
      run.time += i == 5 ? STANDARD.waitMillis() : 0;
      assertThat(run.register(run.nextGeneration(), new Mandate.Token()))
          .isInstanceOf(VaultReply.Reserved.class);
    }
    assertThat(refusal(run.register(run.nextGeneration(), new Mandate.Token())))
        .containsInstanceOf(Refusal.Locked.class);
    run.time += AccountDraft.STAGE_MILLIS;
    assertThat(run.status().record()).isEqualTo(Reply.RecordState.NONE);
    VaultReply owner = run.register(run.nextGeneration(), new Mandate.Token());
    assertThat(MachineRun.receipt(owner).orElseThrow().kind())
        .isEqualTo(Receipt.Kind.STAGE_RESERVED_IN_NEW_EPOCH);
    assertThat(run.status().charges()).isEqualTo(1);
  }

  /** Reserve at 0, confirm at 100 s: what ends first is the session, at 160 s. */
  @Example
  @Verifies("LIM-7~2")
  void theFinalStagesLockEndsWithItsConfirmingSession() {
    MachineRun run = new MachineRun(new AttemptPolicy(1, 1, 1_000));
    run.register(1, new Mandate.Token());
    run.stage(1);
    run.time += 100_000;
    assertThat(run.confirm(run.freshId(), 1))
        .isInstanceOfSatisfying(
            VaultReply.Permit.class,
            permit -> assertThat(permit.lockedUntil()).isEqualTo(run.time + 60_000));
    assertThat(run.status().lockedUntil()).isEqualTo(run.time + 60_000);
    run.time += 59_999;
    assertThat(run.state().limiter().phase()).isEqualTo(Phase.FINAL);
    run.time += 1;
    assertThat(run.status().lockedUntil()).isZero();
    assertThat(run.state().limiter().phase()).isEqualTo(Phase.DESTROYED);
  }

  @Example
  @Verifies("LIM-15~2")
  void aRepeatedRegisterSaysAgainThatAnEpochBegan() {
    MachineRun run = destroyed(STANDARD);
    for (int sent = 0; sent < 3; sent++) {
      assertThat(MachineRun.receipt(run.register(2, run.signed(1))).orElseThrow().kind())
          .isEqualTo(Receipt.Kind.STAGE_RESERVED_IN_NEW_EPOCH);
    }
    run.stage(2);
    assertThat(MachineRun.receipt(run.register(3, run.signed(1))).orElseThrow().kind())
        .isEqualTo(Receipt.Kind.STAGE_RESERVED);
  }

  @Property(tries = 200)
  @Verifies({"LIM-13", "LIM-15~2"})
  void anEpochBeginsUnderNoLooserPolicyThanTheLast(
      @ForAll @IntRange(min = 1, max = 9) int attempts,
      @ForAll @IntRange(min = 1, max = 4) int rounds,
      @ForAll @IntRange(min = 1_000, max = 90_000_000) int wait) {
    AttemptPolicy configured = new AttemptPolicy(attempts, rounds, wait);
    MachineRun first = destroyed(STANDARD);
    MachineRun run = new MachineRun(configured);
    run.stored = first.stored;
    run.time = first.time;
    VaultReply reply = run.register(2, run.signed(1));
    assertThat(reply)
        .isInstanceOfSatisfying(
            VaultReply.Reserved.class,
            reserved ->
                assertThat(reserved.policy())
                    .isEqualTo(
                        new AttemptPolicy(
                            Math.min(attempts, STANDARD.attempts()),
                            Math.min(rounds, STANDARD.rounds()),
                            Math.max(wait, STANDARD.waitMillis()))));
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

  @Example
  @Verifies({"STG-2", "STG-3~2"})
  void aSessionRepeatsNoRegisterWhereThereIsNoRecord() {
    MachineRun run = new MachineRun(STANDARD);
    run.register(1, new Mandate.Token());
    assertThat(refusal(run.register(1, new Mandate.Session(run.freshId()))))
        .contains(new Refusal.Refused());
  }
}
