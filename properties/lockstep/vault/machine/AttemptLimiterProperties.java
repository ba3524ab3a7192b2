package lockstep.vault.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lockstep.kernel.LimiterDecision;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptLimiter.Charge;
import lockstep.vault.machine.AttemptLimiter.Charged;
import lockstep.vault.machine.AttemptLimiter.Phase;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** The limiter holds a state that the kernel allows, and changes it as the kernel decides. */
class AttemptLimiterProperties {

  private static final long WAIT_MILLIS = 1_000;
  private static final long SERIAL = 7;

  record State(int attempts, int rounds, int charges, int round, Phase phase, long lockedUntil) {

    AttemptPolicy policy() {
      return new AttemptPolicy(attempts, rounds, WAIT_MILLIS);
    }

    boolean isPossible() {
      return LimiterDecision.isState(attempts, rounds, charges, round, phase.number(), lockedUntil);
    }

    AttemptLimiter limiter(long serial) {
      return new AttemptLimiter(policy(), charges, round, phase, lockedUntil, serial);
    }

    LimiterDecision decision() {
      return new LimiterDecision(
          attempts, rounds, WAIT_MILLIS, charges, round, phase.number(), lockedUntil, SERIAL);
    }
  }

  @Provide
  Arbitrary<State> states() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 2),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(1, 2),
            Arbitraries.of(Phase.values()),
            Arbitraries.of(0L, 1L, 2_000L))
        .as(State::new);
  }

  @Provide
  Arbitrary<State> possible() {
    return states().filter(State::isPossible);
  }

  private static void assertAsDecided(AttemptLimiter limiter, LimiterDecision decision) {
    assertThat(limiter.charges()).isEqualTo(decision.charges());
    assertThat(limiter.round()).isEqualTo(decision.round());
    assertThat(limiter.phase().number()).isEqualTo(decision.phase());
    assertThat(limiter.lockedUntil()).isEqualTo(decision.lockedUntil());
    assertThat(limiter.serial()).isEqualTo(decision.serial());
  }

  @Property
  @Verifies("LIM-13")
  void aStateThatNoStepsLeadToIsRefused(@ForAll("states") State state) {
    assertThat(
            AttemptLimiter.isState(
                state.policy(), state.charges, state.round, state.phase, state.lockedUntil))
        .isEqualTo(state.isPossible());
    if (state.isPossible()) {
      assertThat(state.limiter(0).serial()).isZero();
      assertThatThrownBy(() -> state.limiter(-1)).isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThatThrownBy(() -> state.limiter(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property
  @Verifies({"LIM-3", "LIM-5", "LIM-6", "LIM-7~2", "STG-4"})
  void aChargeIsTakenAsTheKernelDecides(
      @ForAll("possible") State state, @ForAll @LongRange(min = 0, max = 4_000) long time) {
    LimiterDecision decision = state.decision();
    boolean taken = decision.charge(time);
    var charged = state.limiter(SERIAL).charge(time);
    assertThat(charged.isPresent()).isEqualTo(taken);
    charged.map(Charged::limiter).ifPresent(after -> assertAsDecided(after, decision));
    charged
        .map(Charged::charge)
        .ifPresent(
            charge ->
                assertThat(charge)
                    .isEqualTo(
                        new Charge(decision.serial(), decision.phase() != LimiterDecision.OPEN)));
  }

  @Property
  @Verifies({"LIM-8~2", "LIM-10"})
  void successAndDestructionAreTheKernels(@ForAll("possible") State state) {
    LimiterDecision success = state.decision();
    success.succeed();
    assertAsDecided(state.limiter(SERIAL).succeed(), success);
    LimiterDecision destruction = state.decision();
    destruction.destroy();
    assertAsDecided(state.limiter(SERIAL).destroy(), destruction);
    assertThat(state.limiter(SERIAL).destroy().phase()).isEqualTo(Phase.DESTROYED);
  }

  @Property
  @Verifies("STG-8")
  void aChargeIsGivenBackAsTheKernelDecides(
      @ForAll("possible") State state,
      @ForAll @LongRange(min = SERIAL - 1, max = SERIAL + 1) long serial,
      @ForAll boolean locked) {
    LimiterDecision decision = state.decision();
    decision.giveBack(serial, locked);
    assertAsDecided(state.limiter(SERIAL).giveBack(new Charge(serial, locked)), decision);
  }

  @Property
  @Verifies("SES-1")
  void whatRemainsIsTheRestOfAnOpenRound(@ForAll("possible") State state) {
    assertThat(state.limiter(SERIAL).attemptsRemaining())
        .isEqualTo(state.phase == Phase.OPEN ? state.attempts - state.charges : 0);
  }
}
