package lockstep.vault.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lockstep.spec.Verifies;
import lockstep.vault.Schedule;
import lockstep.vault.machine.AccountState.Active;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Whatever is asked, in whatever order, the budget holds and each state can be stored. */
class VaultMachineProperties {

  @Provide
  Arbitrary<AttemptPolicy> policies() {
    return Policies.arbitrary();
  }

  @Provide
  Arbitrary<List<Schedule.Step>> schedules() {
    return Arbitraries.of(Schedule.Step.class).list().ofMinSize(5).ofMaxSize(80);
  }

  @Property(tries = 1_500)
  @Verifies({"LIM-9", "LIM-12", "LIM-14", "STG-4", "STG-8"})
  void noScheduleExceedsTheBudgetOrLosesACharge(
      @ForAll("policies") AttemptPolicy policy, @ForAll("schedules") List<Schedule.Step> steps) {
    Schedule schedule = new Schedule(policy);
    steps.forEach(schedule::run);
    Statistics.label("epoch").collect(Math.min(3, schedule.run.state().epoch()));
    Statistics.label("phase").collect(schedule.run.state().limiter().phase());
  }

  @Property(tries = 300)
  @Verifies({"STG-10", "STG-1", "LEA-5"})
  void anActiveRecordGivesWayOnlyToActivationDisableRestartOrDestruction(
      @ForAll("policies") AttemptPolicy policy, @ForAll("schedules") List<Schedule.Step> steps) {
    Schedule schedule = new Schedule(policy);
    long lastGeneration = 1;
    for (Schedule.Step step : steps) {
      boolean wasActive = schedule.run.state().standing() instanceof Active;
      schedule.run(step);
      AccountState after = schedule.run.state();
      if (wasActive && !(after.standing() instanceof Active)) {
        assertThat(
                step == Schedule.Step.DISABLE || after.standing() instanceof AccountState.Tombstone)
            .isTrue();
      }
      assertThat(after.lastGeneration()).isGreaterThanOrEqualTo(lastGeneration);
      lastGeneration = after.lastGeneration();
    }
  }

  @Property(tries = 300)
  @Verifies({"LIM-11"})
  void timeThatRunsBackwardsNeverLetsAnAttemptIn(
      @ForAll("policies") AttemptPolicy policy, @ForAll("schedules") List<Schedule.Step> steps) {
    Schedule schedule = new Schedule(policy);
    for (Schedule.Step step : steps) {
      schedule.run(step);
      AccountState state = schedule.run.state();
      long lockedUntil = state.limiter().lockedUntil();
      if (lockedUntil > state.clock()) {
        schedule.run.time = 0;
        assertThat(schedule.run.attempt(schedule.run.freshId()))
            .isNotInstanceOf(VaultReply.Permit.class);
        assertThat(schedule.run.state().limiter().lockedUntil()).isEqualTo(lockedUntil);
        assertThat(schedule.run.state().clock()).isGreaterThanOrEqualTo(state.clock());
      }
    }
  }

  @Property(tries = 300)
  @Verifies({"RCP-1~2", "RCP-2"})
  void receiptsAreOneChainWhateverHappens(@ForAll("schedules") List<Schedule.Step> steps) {
    Schedule schedule = new Schedule(new AttemptPolicy(3, 2, 30_000));
    for (Schedule.Step step : steps) {
      long sequence = schedule.run.state().receiptSequence();
      schedule.lastReceipts.clear();
      schedule.run(step);
      for (var receipt : schedule.lastReceipts) {
        assertThat(receipt.sequence()).isEqualTo(++sequence);
      }
      assertThat(schedule.run.state().receiptSequence()).isEqualTo(sequence);
    }
  }

  @Property(tries = 300)
  @Verifies({"ATR-5~2", "ATR-6"})
  void everyStateDecodesToItselfAndDecidesAlikeTwice(
      @ForAll("policies") AttemptPolicy policy, @ForAll("schedules") List<Schedule.Step> steps)
      throws VaultDamagedException {
    Schedule schedule = new Schedule(policy);
    steps.forEach(schedule::run);
    AccountState state = schedule.run.state();
    assertThat(AccountStateCodec.decode(AccountStateCodec.encode(state))).contains(state);
    VaultCommand command =
        new VaultCommand.Charge(
            schedule.run.time, schedule.run.freshId(), new VaultCommand.Mandate.Token());
    assertThat(VaultMachine.decide(MachineRun.ALICE, schedule.run.stored, command))
        .isEqualTo(VaultMachine.decide(MachineRun.ALICE, schedule.run.stored, command));
  }

  @Example
  @Verifies("LIM-12")
  void aStoreThatForgetsAChargeIsNoticedByTheReference() {
    Schedule schedule = new Schedule(new AttemptPolicy(2, 1, 1_000));
    var before = schedule.run.stored;
    schedule.run(Schedule.Step.FAIL);
    schedule.run.stored = before;
    assertThatThrownBy(() -> schedule.run(Schedule.Step.FAIL)).isInstanceOf(AssertionError.class);
  }
}
