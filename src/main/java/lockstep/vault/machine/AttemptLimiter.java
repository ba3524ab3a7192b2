package lockstep.vault.machine;

import java.util.Arrays;
import java.util.Optional;
import lockstep.kernel.LimiterDecision;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;

/**
 * The attempt limiter of one budget epoch, a value: each step returns the limiter after it. What it
 * decides is {@link LimiterDecision}'s; this class only carries the state from one to the next.
 *
 * @param policy what the epoch began with; no step changes it
 * @param charges charges in this round
 * @param round the round, from 1
 * @param phase whether charges are taken
 * @param lockedUntil when the lock ends, in milliseconds since 1970; 0 when not locked
 * @param serial changes with each success and each new round
 */
@Decides("LIM-13")
public record AttemptLimiter(
    AttemptPolicy policy, int charges, int round, Phase phase, long lockedUntil, long serial) {

  /** Whether charges are taken. */
  public enum Phase {
    /** Charges are taken. */
    OPEN(LimiterDecision.OPEN),
    /** None until {@code lockedUntil}. */
    LOCKED(LimiterDecision.LOCKED),
    /** None; the last charge's session may still succeed. */
    FINAL(LimiterDecision.FINAL),
    /** None, ever. */
    DESTROYED(LimiterDecision.DESTROYED);

    private final int number;

    Phase(int number) {
      this.number = number;
    }

    /** The kernel's number for the phase. */
    int number() {
      return number;
    }

    /** The phase that has that number. */
    static Optional<Phase> of(int number) {
      return Arrays.stream(values()).filter(phase -> phase.number == number).findFirst();
    }
  }

  /**
   * A charge that was taken, for giving it back.
   *
   * @param serial the limiter's when it was taken
   * @param locked whether this very charge locked or opened the final phase
   */
  public record Charge(long serial, boolean locked) {}

  /**
   * This limiter after one more charge.
   *
   * @param limiter after the charge
   * @param charge the charge
   */
  public record Charged(AttemptLimiter limiter, Charge charge) {}

  /**
   * @throws IllegalArgumentException (a programmer error) on a state that no steps lead to
   */
  public AttemptLimiter {
    if (!isState(policy, charges, round, phase, lockedUntil) || serial < 0) {
      throw new IllegalArgumentException("limiter state out of bounds");
    }
  }

  /** A full budget. */
  @Implements("LIM-15~2")
  public static AttemptLimiter full(AttemptPolicy policy, long serial) {
    return new AttemptLimiter(policy, 0, 1, Phase.OPEN, 0, serial);
  }

  /** Whether a limiter can be in that state. */
  @NonNormative("lets a decoder refuse what the constructor would")
  static boolean isState(
      AttemptPolicy policy, int charges, int round, Phase phase, long lockedUntil) {
    return LimiterDecision.isState(
        policy.attempts(), policy.rounds(), charges, round, phase.number(), lockedUntil);
  }

  /**
   * Charges one attempt at {@code time}; empty when locked, final or destroyed, and then nothing is
   * counted.
   */
  @Implements({"LIM-3", "LIM-5", "LIM-6", "LIM-7~2", "STG-4"})
  public Optional<Charged> charge(long time) {
    LimiterDecision decision = decision();
    if (!decision.charge(time)) {
      return Optional.empty();
    }
    AttemptLimiter after = after(decision);
    return Optional.of(new Charged(after, new Charge(after.serial, after.phase != Phase.OPEN)));
  }

  /** The limiter after a success: nothing charged, first round, open. */
  @Implements("LIM-10")
  public AttemptLimiter succeed() {
    LimiterDecision decision = decision();
    decision.succeed();
    return after(decision);
  }

  /**
   * The limiter without {@code charge} and the lock that it caused; unchanged where the charge no
   * longer counts or another one locked. To be called at most once for a charge.
   */
  @Implements("STG-8")
  public AttemptLimiter giveBack(Charge charge) {
    LimiterDecision decision = decision();
    decision.giveBack(charge.serial(), charge.locked());
    return after(decision);
  }

  /** The limiter that takes no charge again. */
  @Implements("LIM-8~2")
  public AttemptLimiter destroy() {
    LimiterDecision decision = decision();
    decision.destroy();
    return after(decision);
  }

  /** Attempts left in this round; 0 unless open. */
  @Implements("SES-1")
  public int attemptsRemaining() {
    return phase == Phase.OPEN ? policy.attempts() - charges : 0;
  }

  private LimiterDecision decision() {
    return new LimiterDecision(
        policy.attempts(),
        policy.rounds(),
        policy.waitMillis(),
        charges,
        round,
        phase.number(),
        lockedUntil,
        serial);
  }

  private AttemptLimiter after(LimiterDecision decision) {
    return new AttemptLimiter(
        policy,
        decision.charges(),
        decision.round(),
        Phase.of(decision.phase()).orElseThrow(),
        decision.lockedUntil(),
        decision.serial());
  }
}
