package lockstep.vault.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Verifies;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** What a decision lets the store write, and what it has to overwrite. */
class DecisionProperties {

  private static final AttemptPolicy POLICY = new AttemptPolicy(3, 2, 30_000);
  private static final AccountName BOB = new AccountName("bob");

  private final MachineRun run = MachineRun.enrolled(POLICY);

  private Decision decide(VaultCommand command) throws VaultDamagedException {
    return VaultMachine.decide(MachineRun.ALICE, run.stored, command);
  }

  private VaultCommand observe(long time, Mandate mandate) {
    return new VaultCommand.Observe(time, POLICY, mandate);
  }

  @Example
  @Verifies("ATR-5~2")
  void anotherAccountsStateAndACutOneAreDamage() {
    byte[] bytes = run.stored.orElseThrow().toArray();
    Bytes cut = Bytes.copyOf(Arrays.copyOf(bytes, bytes.length - 1));
    VaultCommand command = observe(run.time, new Mandate.Token());
    assertThatThrownBy(() -> VaultMachine.decide(BOB, run.stored, command))
        .isInstanceOf(VaultDamagedException.class);
    assertThatThrownBy(() -> VaultMachine.decide(MachineRun.ALICE, Optional.of(cut), command))
        .isInstanceOf(VaultDamagedException.class);
  }

  @Property(tries = 20)
  @Verifies("AUT-3")
  void whoeverIsRefusedAndWhoeverAsksForKeysHasNothingWritten(
      @ForAll @LongRange(min = 0, max = 100_000) long later) throws VaultDamagedException {
    long time = run.time + later;
    Decision refused = decide(observe(time, run.signed(9)));
    assertThat(MachineRun.refusal(refused.reply())).contains(new Refusal.Refused());
    assertThat(refused.replacement()).isEmpty();
    Decision keys = decide(new VaultCommand.AskKeys(time));
    assertThat(keys.reply())
        .isEqualTo(
            new VaultReply.Keys(
                Optional.of(MachineRun.commandKey(1)), Optional.empty(), Optional.empty()));
    assertThat(keys.replacement()).isEmpty();
  }

  @Property(tries = 20)
  @Verifies("ATR-6")
  void anAccountOfWhichNothingIsKeptIsReportedUnderTheCommandsPolicy(
      @ForAll("policies") AttemptPolicy policy) throws VaultDamagedException {
    VaultCommand observe = new VaultCommand.Observe(run.time, policy, new Mandate.Token());
    Decision decision = VaultMachine.decide(BOB, Optional.empty(), observe);
    assertThat(decision.replacement()).isEmpty();
    assertThat(decision.reply())
        .isInstanceOfSatisfying(
            VaultReply.Observed.class,
            observed -> assertThat(observed.report().policy()).isEqualTo(policy.toWire()));
  }

  @Provide
  Arbitrary<AttemptPolicy> policies() {
    return Policies.arbitrary();
  }

  @Example
  @Verifies("ATR-6")
  void aCommandThatChangesNothingWritesNothing() throws VaultDamagedException {
    VaultCommand command = observe(run.time + 1, new Mandate.Token());
    Decision first = decide(command);
    assertThat(first.replacement()).isPresent();
    run.stored = first.replacement();
    Decision second = decide(command);
    assertThat(second.reply()).isEqualTo(first.reply());
    assertThat(second.replacement()).isEmpty();
  }

  @Example
  @Verifies("ATR-4~2")
  void theStoreIsToldOfEveryRecordThatGoesAndOfNoOther() {
    assertThat(run.erased).isFalse();
    run.register(2, new Mandate.Session(run.unlock().orElseThrow()));
    assertThat(run.erased).isFalse();
    run.stage(2);
    assertThat(run.erased).isFalse();
    Bytes id = run.freshId();
    run.confirm(id, 2);
    run.finish(id, true);
    assertThat(run.erased).isFalse();
    assertThat(run.activate(id, 2)).isInstanceOf(VaultReply.Carried.class);
    assertThat(run.erased).as("the record of generation 1").isTrue();
    run.submit(new VaultCommand.Disable(run.time, run.signed(2)));
    assertThat(run.erased).as("the record of generation 2").isTrue();
  }

  @Example
  @Verifies("ATR-4~2")
  void theStoreIsToldOfAStagedRecordThatAnotherStageDisplaces() {
    run.register(2, new Mandate.Session(run.unlock().orElseThrow()));
    run.stage(2);
    assertThat(run.erased).isFalse();
    run.register(3, new Mandate.Session(run.unlock().orElseThrow()));
    assertThat(run.erased).isTrue();
  }

  @Property(tries = 50)
  @Verifies("LIM-16")
  void aCommandCountsAsSeenWhateverItIsAnsweredButRefused(
      @ForAll @LongRange(min = 1, max = 10_000) long later) {
    MachineRun locked = MachineRun.enrolled(new AttemptPolicy(1, 2, 86_400_000));
    locked.fail();
    for (int asked = 0; asked < 4; asked++) {
      locked.time += later;
      locked.submit(declined(asked, locked));
      assertThat(locked.state().clock()).as("command " + asked).isEqualTo(locked.time);
    }
    Mandate stranger = new Mandate.Signature(MachineRun.numbered(32, 9));
    locked.submit(new VaultCommand.Observe(locked.time + later, locked.policy, stranger));
    locked.submit(new VaultCommand.AskKeys(locked.time + later));
    assertThat(locked.state().clock()).isEqualTo(locked.time);
  }

  private static VaultCommand declined(int which, MachineRun locked) {
    return switch (which) {
      case 0 -> new VaultCommand.Observe(locked.time, locked.policy, new Mandate.Token());
      case 1 -> new VaultCommand.Charge(locked.time, locked.freshId(), new Mandate.Token());
      case 2 -> new VaultCommand.CompleteRestart(locked.time);
      default -> new VaultCommand.Finish(locked.time, locked.freshId(), true);
    };
  }

  @Property(tries = 20)
  @Verifies("LIM-16")
  void nothingIsSeenOfAnAccountOfWhichNothingIsStored(
      @ForAll @LongRange(min = 1, max = 10_000) long later) {
    MachineRun fresh = new MachineRun(POLICY);
    long then = fresh.time + later;
    fresh.submit(new VaultCommand.Charge(then, fresh.freshId(), new Mandate.Token()));
    fresh.submit(new VaultCommand.Observe(then, POLICY, new Mandate.Token()));
    assertThat(fresh.stored).isEmpty();
    fresh.register(1, new Mandate.Token());
    assertThat(fresh.state().clock()).isEqualTo(fresh.time);
  }
}
