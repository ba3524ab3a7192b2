package lockstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lockstep.spec.Verifies;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The limiter's decision over every state that its invariant allows. */
class LimiterDecisionProperties {

  private static final long WAIT = 1_000;

  /**
   * A state within the bounds.
   *
   * @param attempts a round
   * @param rounds of the policy
   * @param charges in this round
   * @param round from 1
   * @param phase number of the phase
   * @param lockedUntil 0 unless locked
   */
  record State(int attempts, int rounds, int charges, int round, int phase, long lockedUntil) {

    boolean isPossible() {
      return LimiterDecision.isState(attempts, rounds, charges, round, phase, lockedUntil);
    }

    LimiterDecision decision() {
      return new LimiterDecision(attempts, rounds, WAIT, charges, round, phase, lockedUntil, 7);
    }
  }

  @Provide
  Arbitrary<State> states() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(-1, 5),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(-1, 4),
            Arbitraries.longs().between(0, 3_000))
        .as(
            (attempts, rounds, charges, round, phase, until) ->
                new State(
                    attempts, rounds, charges, round, phase, phase == 1 ? until : until / 2_000));
  }

  @Provide
  Arbitrary<State> possible() {
    return states().filter(State::isPossible);
  }

  @Property(tries = 2_000)
  @Verifies({"LIM-3", "LIM-7~2"})
  void aStateIsPossibleExactlyAsThePhasesSay(@ForAll("states") State state) {
    assertThat(state.isPossible()).isEqualTo(isAllowed(state));
    if (!state.isPossible()) {
      assertThatThrownBy(state::decision).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static boolean isAllowed(State state) {
    boolean bounds =
        state.round >= 1
            && state.round <= state.rounds
            && state.charges >= 0
            && state.charges <= state.attempts;
    boolean full = state.charges == state.attempts;
    boolean fits =
        switch (state.phase) {
          case LimiterDecision.OPEN -> !full && state.lockedUntil == 0;
          case LimiterDecision.LOCKED ->
              full && state.round < state.rounds && state.lockedUntil > 0;
          case LimiterDecision.FINAL ->
              full && state.round == state.rounds && state.lockedUntil == 0;
          case LimiterDecision.DESTROYED -> state.lockedUntil == 0;
          default -> false;
        };
    return bounds && fits;
  }

  /** Every state of small policies, and those just outside. */
  @Example
  @Verifies({"LIM-3", "LIM-7~2"})
  void everySmallStateIsPossibleExactlyAsThePhasesSay() {
    for (int number = 0; number < 2 * 2 * 5 * 4 * 6 * 3; number++) {
      int rest = number / 4;
      State state =
          new State(
              1 + number % 2,
              1 + number / 2 % 2,
              rest % 5 - 1,
              rest / 5 % 4,
              rest / 20 % 6 - 1,
              rest / 120 - 1L);
      assertThat(state.isPossible()).as(state.toString()).isEqualTo(isAllowed(state));
    }
  }

  @Property(tries = 1_000)
  @Verifies({"LIM-3", "LIM-5", "LIM-6", "LIM-7~2"})
  void aChargeIsTakenWhenOpenOrAfterTheWaitAndNeverOtherwise(
      @ForAll("possible") State state, @ForAll @LongRange(max = 4_000) long time) {
    LimiterDecision decision = state.decision();
    boolean nextRound = state.phase == LimiterDecision.LOCKED && state.lockedUntil <= time;
    boolean taken = decision.charge(time);
    assertThat(taken).isEqualTo(state.phase == LimiterDecision.OPEN || nextRound);
    if (!taken) {
      assertThat(decision.charges()).isEqualTo(state.charges);
      assertThat(decision.phase()).isEqualTo(state.phase);
      assertThat(decision.lockedUntil()).isEqualTo(state.lockedUntil);
      assertThat(decision.serial()).isEqualTo(7);
      return;
    }
    assertThat(decision.round()).isEqualTo(nextRound ? state.round + 1 : state.round);
    assertThat(decision.charges()).isEqualTo(nextRound ? 1 : state.charges + 1);
    assertThat(decision.serial()).isEqualTo(nextRound ? 8 : 7);
    boolean full = decision.charges() == state.attempts;
    boolean last = decision.round() == state.rounds;
    assertThat(decision.phase())
        .isEqualTo(
            full ? (last ? LimiterDecision.FINAL : LimiterDecision.LOCKED) : LimiterDecision.OPEN);
    assertThat(decision.lockedUntil()).isEqualTo(full && !last ? time + WAIT : 0);
  }

  @Property(tries = 500)
  @Verifies({"LIM-10"})
  void successRefillsAndLiftsEverythingButDestruction(@ForAll("possible") State state) {
    LimiterDecision decision = state.decision();
    decision.succeed();
    if (state.phase == LimiterDecision.DESTROYED) {
      assertThat(decision.phase()).isEqualTo(LimiterDecision.DESTROYED);
      assertThat(decision.charges()).isEqualTo(state.charges);
      assertThat(decision.serial()).isEqualTo(7);
    } else {
      assertThat(decision.phase()).isEqualTo(LimiterDecision.OPEN);
      assertThat(decision.charges()).isZero();
      assertThat(decision.round()).isEqualTo(1);
      assertThat(decision.lockedUntil()).isZero();
      assertThat(decision.serial()).isEqualTo(8);
    }
  }

  @Property(tries = 1_000)
  @Verifies("STG-8")
  void aChargeIsGivenBackOnlyWhileItCountsAndNoOtherOneLocked(
      @ForAll("possible") State state,
      @ForAll @LongRange(min = 6, max = 8) long serial,
      @ForAll boolean locked) {
    LimiterDecision decision = state.decision();
    boolean open = state.phase == LimiterDecision.OPEN;
    boolean lifts = locked && state.phase != LimiterDecision.DESTROYED;
    boolean expected = serial == 7 && state.charges > 0 && (open || lifts);
    assertThat(decision.giveBack(serial, locked)).isEqualTo(expected);
    assertThat(decision.charges()).isEqualTo(expected ? state.charges - 1 : state.charges);
    assertThat(decision.phase()).isEqualTo(expected ? LimiterDecision.OPEN : state.phase);
    assertThat(decision.lockedUntil()).isEqualTo(expected ? 0 : state.lockedUntil);
    assertThat(decision.round()).isEqualTo(state.round);
  }

  @Property(tries = 500)
  @Verifies("LIM-8~2")
  void afterDestructionNoChargeIsTaken(
      @ForAll("possible") State state, @ForAll @LongRange(max = 10_000) long time) {
    LimiterDecision decision = state.decision();
    decision.destroy();
    assertThat(decision.phase()).isEqualTo(LimiterDecision.DESTROYED);
    assertThat(decision.lockedUntil()).isZero();
    assertThat(decision.charge(time)).isFalse();
    assertThat(decision.charges()).isEqualTo(state.charges);
  }

  @Property(tries = 500)
  @Verifies("LIM-11")
  void theTimeToDecideByNeverFalls(
      @ForAll @LongRange(max = LimiterDecision.MAXIMUM_TIME) long seen, @ForAll long time) {
    long observed = LimiterDecision.observe(seen, time);
    assertThat(observed).isEqualTo(Math.min(LimiterDecision.MAXIMUM_TIME, Math.max(seen, time)));
  }

  @Property(tries = 1_000)
  @Verifies("LIM-1")
  void aPolicyHasItsBounds(
      @ForAll @IntRange(min = -1, max = 1_002) int attempts,
      @ForAll @IntRange(min = -1, max = 102) int rounds,
      @ForAll @LongRange(min = 0, max = 31_536_001_000L) long wait) {
    assertThat(LimiterDecision.isPolicy(attempts, rounds, wait))
        .isEqualTo(
            attempts >= 1
                && attempts <= 1_000
                && rounds >= 1
                && rounds <= 100
                && wait >= 1_000
                && wait <= 365L * 24 * 3_600 * 1_000);
  }

  @Example
  @Verifies("LIM-1")
  void thePolicysEdgesAreInside() {
    assertThat(LimiterDecision.isPolicy(1, 1, 1_000)).isTrue();
    assertThat(LimiterDecision.isPolicy(1_000, 100, 31_536_000_000L)).isTrue();
    assertThat(LimiterDecision.isPolicy(1_001, 100, 31_536_000_000L)).isFalse();
    assertThat(LimiterDecision.isPolicy(1_000, 101, 31_536_000_000L)).isFalse();
    assertThat(LimiterDecision.isPolicy(1_000, 100, 31_536_000_001L)).isFalse();
    assertThat(LimiterDecision.isPolicy(0, 1, 1_000)).isFalse();
    assertThat(LimiterDecision.isPolicy(1, 0, 1_000)).isFalse();
    assertThat(LimiterDecision.isPolicy(1, 1, 999)).isFalse();
  }

  @Example
  @Verifies("LIM-3")
  void theLongestWaitAfterTheLargestTimeDoesNotOverflow() {
    LimiterDecision decision =
        new LimiterDecision(1, 2, LimiterDecision.MAXIMUM_WAIT, 0, 1, 0, 0, 0);
    assertThat(decision.charge(LimiterDecision.MAXIMUM_TIME)).isTrue();
    assertThat(decision.lockedUntil()).isGreaterThan(LimiterDecision.MAXIMUM_TIME);
  }

  @Property(tries = 100)
  @Verifies("LIM-5")
  void aWaitEndsAtItsLastMillisecond(@ForAll @LongRange(min = 1, max = 4_000) long until) {
    LimiterDecision early = new LimiterDecision(3, 2, WAIT, 3, 1, LimiterDecision.LOCKED, until, 0);
    assertThat(early.charge(until - 1)).isFalse();
    assertThat(early.charge(until)).isTrue();
  }
}
