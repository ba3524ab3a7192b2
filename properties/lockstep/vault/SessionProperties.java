package lockstep.vault;

import static lockstep.vault.machine.MachineRun.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Sessions: how long they live, and that each is answered once. */
class SessionProperties {

  @Property(tries = 100)
  @Verifies({"LIM-10", "SES-4~2"})
  void aSecondFinishChangesNothing(@ForAll boolean first, @ForAll boolean second) {
    MachineRun run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    run.fail(2);
    Bytes id = run.freshId();
    run.attempt(id);
    run.finish(id, first);
    run.fail();
    Bytes before = run.stored.orElseThrow();
    assertThat(refusal(run.finish(id, second))).contains(new Refusal.SessionUnknown());
    assertThat(run.stored).contains(before);
  }

  @Property(tries = 100)
  @Verifies("SES-3")
  void aSessionEndsSixtySecondsAfterItsCommand(
      @ForAll @LongRange(min = 0, max = 120_000) long age) {
    MachineRun run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    Bytes id = run.freshId();
    VaultReply.Permit permit = (VaultReply.Permit) run.attempt(id);
    assertThat(permit.expiresAt()).isEqualTo(run.time + 60_000);
    run.time += age;
    VaultReply reply = run.finish(id, true);
    if (age < 60_000) {
      assertThat(reply).isInstanceOf(VaultReply.Verified.class);
    } else {
      assertThat(refusal(reply)).contains(new Refusal.SessionUnknown());
      assertThat(run.status().charges()).isEqualTo(1);
    }
  }

  @Example
  @Verifies("SES-3")
  void theSixtiethSecondIsTooLate() {
    MachineRun run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    Bytes id = run.freshId();
    run.attempt(id);
    run.time += 60_000;
    assertThat(refusal(run.finish(id, true))).contains(new Refusal.SessionUnknown());
  }

  @Example
  @Verifies("SES-3")
  void aRightProofDoesNotProlongASession() {
    MachineRun run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    Bytes id = run.freshId();
    run.attempt(id);
    run.time += 59_999;
    assertThat(run.finish(id, true)).isInstanceOf(VaultReply.Verified.class);
    run.time += 1;
    assertThat(refusal(run.register(2, new Mandate.Session(id)))).contains(new Refusal.Refused());
  }

  @Example
  @Verifies({"SES-1", "SES-2"})
  void aPermitIsForTheActiveRecordAndTellsWhatIsLeft() {
    MachineRun run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    Mandate.Session session = new Mandate.Session(run.unlock().orElseThrow());
    run.enrol(session);
    VaultReply.Permit permit = (VaultReply.Permit) run.attempt(run.freshId());
    assertThat(permit.generation()).isEqualTo(2);
    assertThat(permit.record()).isEqualTo(MachineRun.record(2));
    assertThat(permit.policy()).isEqualTo(AttemptPolicy.STANDARD);
    assertThat(permit.attemptsRemaining()).isEqualTo(4);
    assertThat(permit.finalSession()).isFalse();
  }

  @Example
  @Verifies({"SES-7", "LIM-9"})
  void abandonTellsWhatIsLeftAndEndsTheSession() {
    MachineRun run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    Bytes id = run.freshId();
    run.attempt(id);
    assertThat(run.abandon(id)).isEqualTo(new VaultReply.Ended(4, 0));
    assertThat(refusal(run.abandon(id))).contains(new Refusal.SessionUnknown());
    assertThat(refusal(run.finish(id, true))).contains(new Refusal.SessionUnknown());
  }

  @Property
  @Verifies("SES-7")
  void abandoningFindsOutThatItWasTheLastAttemptAsAWrongAnswerDoes(
      @ForAll @IntRange(min = 1, max = 4) int attempts,
      @ForAll @IntRange(min = 1, max = 3) int rounds) {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(attempts, rounds, 1_000));
    for (int left = attempts * rounds - 1; left >= 0; left--) {
      run.time = Math.max(run.time, run.status().lockedUntil());
      Bytes id = run.freshId();
      run.attempt(id);
      VaultReply told = run.abandon(id);
      assertThat(told instanceof VaultReply.Ended).isEqualTo(left > 0);
      assertThat(refusal(told).filter(why -> why.equals(new Refusal.Destroyed())).isPresent())
          .isEqualTo(left == 0);
    }
  }

  @Example
  @Verifies("SES-9")
  void theSixtyFifthSessionEndsTheOldestAndKeepsItsCharge() {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(1_000, 2, 1_000));
    Bytes oldest = run.freshId();
    run.attempt(oldest);
    Bytes second = run.freshId();
    run.attempt(second);
    for (int i = 2; i < AccountState.MAX_SESSIONS; i++) {
      run.attempt(run.freshId());
    }
    assertThat(run.state().sessions()).hasSize(64);
    run.attempt(run.freshId());
    assertThat(run.state().sessions()).hasSize(64);
    assertThat(refusal(run.finish(oldest, true))).contains(new Refusal.SessionUnknown());
    assertThat(run.status().charges()).isEqualTo(65);
    assertThat(run.finish(second, true)).isInstanceOf(VaultReply.Verified.class);
  }

  /** Attempts and wrong answers in any order: the oldest of those that have not ended goes. */
  @Property(tries = 30)
  @Verifies("SES-9")
  void whateverEndsBetweenThemTheLatestSixtyFourSessionsStand(
      @ForAll @Size(min = 60, max = 160) List<@IntRange(max = 200) Integer> ends) {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(1_000, 2, 1_000));
    List<Bytes> open = new ArrayList<>();
    for (int end : ends) {
      Bytes id = run.freshId();
      run.attempt(id);
      open.add(id);
      if (open.size() > 64) {
        open.remove(0);
      }
      if (end < open.size()) {
        run.abandon(open.remove(end));
      }
    }
    assertThat(run.state().sessions().stream().map(AccountState.Session::attemptId))
        .containsExactlyInAnyOrderElementsOf(open);
    assertThat(run.status().charges()).isEqualTo(ends.size());
  }

  @Example
  @Verifies({"LIM-8~2", "SES-2"})
  void destructionEndsEveryOtherSessionToo() {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(2, 1, 1_000));
    Bytes earlier = run.freshId();
    run.attempt(earlier);
    Bytes last = run.freshId();
    run.attempt(last);
    run.finish(last, false);
    assertThat(refusal(run.finish(earlier, true))).contains(new Refusal.SessionUnknown());
  }
}
