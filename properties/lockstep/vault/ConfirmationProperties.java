package lockstep.vault;

import static lockstep.vault.machine.MachineRun.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AccountState.Active;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.Policies;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Refusal.Reason;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Stage, Confirm, Activate: what a confirmation gives back, and the one step of activation. */
class ConfirmationProperties {

  private static final AttemptPolicy STANDARD = AttemptPolicy.STANDARD;

  @Example
  @Verifies("STG-6")
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
                MachineRun.secret(1),
                MachineRun.record(7),
                MachineRun.STRETCHING,
                MachineRun.commandKey(7)));
    assertThat(refusal(other)).contains(new Refusal.Conflict(Reason.OTHER_REQUEST, 0));
    assertThat(run.state().stage().orElseThrow().staged().orElseThrow().record())
        .isEqualTo(MachineRun.record(1));
  }

  @Example
  @Verifies({"AUT-6", "STG-6", "STG-7~2"})
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
                        MachineRun.secret(1),
                        MachineRun.record(1),
                        MachineRun.STRETCHING,
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
  @Verifies("STG-7~2")
  void aConfirmationNamesTheGenerationThatIsStaged() {
    MachineRun run = new MachineRun(STANDARD);
    run.register(1, new Mandate.Token());
    run.stage(1);
    for (long other : new long[] {0, 2, Long.MAX_VALUE}) {
      assertThat(
              refusal(
                  run.submit(
                      new VaultCommand.Confirm(
                          run.time, run.freshId(), other, MachineRun.oneTimeKey(1)))))
          .contains(new Refusal.Conflict(Reason.NO_SUCH_STAGE, 0));
    }
    assertThat(run.confirm(run.freshId(), 1)).isInstanceOf(VaultReply.Permit.class);
  }

  /** The record that waits is of its own generation, whichever one the Confirm names. */
  @Example
  @Verifies({"STG-7~2", "SES-2"})
  void aStagedRecordIsEvaluatedUnderItsOwnGenerationOnly() {
    MachineRun run = new MachineRun(STANDARD);
    run.register(1, new Mandate.Token());
    run.stage(1);
    for (long other : new long[] {0, 2, 3}) {
      assertThat(
              run.submit(
                  new VaultCommand.Confirm(
                      run.time, run.freshId(), other, MachineRun.oneTimeKey(1))))
          .isEqualTo(new VaultReply.Declined(new Refusal.Conflict(Reason.NO_SUCH_STAGE, 0)));
    }
  }

  @Example
  @Verifies({"STG-7~2", "SES-2"})
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
  @Verifies("STG-8")
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
  @Verifies({"STG-8", "LIM-14"})
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
  @Verifies("STG-8")
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
  @Verifies({"STG-9", "STG-10"})
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
        .isEqualTo(
            new Active(
                2,
                MachineRun.record(2),
                MachineRun.secret(2),
                MachineRun.STRETCHING,
                MachineRun.commandKey(2)));
    assertThat(after.stage()).isEmpty();
    assertThat(after.sessions()).isEmpty();
    assertThat(
            AttemptProperties.contains(run.stored.orElseThrow(), MachineRun.record(1).ciphertext()))
        .isFalse();
    assertThat(refusal(run.finish(other, true))).contains(new Refusal.SessionUnknown());
    assertThat(refusal(run.activate(id, 2))).contains(new Refusal.Refused());
  }

  @Example
  @Verifies({"STG-9", "LIM-7~2"})
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

  private static void confirm(MachineRun run, long generation) {
    run.stage(generation);
    Bytes id = run.freshId();
    assertThat(run.confirm(id, generation)).isInstanceOf(VaultReply.Permit.class);
    assertThat(run.finish(id, true)).isInstanceOf(VaultReply.Verified.class);
  }
}
