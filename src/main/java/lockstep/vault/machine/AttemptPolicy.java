package lockstep.vault.machine;

import java.util.Optional;
import lockstep.kernel.LimiterDecision;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;
import lockstep.wire.Policy;

/**
 * How many attempts a budget epoch has: some a round, a wait after each round but the last.
 *
 * @param attempts attempts a round, 1 to 1,000
 * @param rounds rounds, 1 to 100
 * @param waitMillis wait after a round, one second to 365 days, in milliseconds
 */
@Implements("LIM-1")
public record AttemptPolicy(int attempts, int rounds, long waitMillis) {

  /** Five attempts, a wait of 24 hours, five more. */
  public static final AttemptPolicy STANDARD = new AttemptPolicy(5, 2, 86_400_000L);

  /**
   * @throws IllegalArgumentException (a programmer error) outside the bounds; ask {@link #of} about
   *     numbers from outside
   */
  public AttemptPolicy {
    if (!LimiterDecision.isPolicy(attempts, rounds, waitMillis)) {
      throw new IllegalArgumentException("policy out of bounds");
    }
  }

  /** The policy, or empty if a number is out of bounds. */
  public static Optional<AttemptPolicy> of(int attempts, int rounds, long waitMillis) {
    return LimiterDecision.isPolicy(attempts, rounds, waitMillis)
        ? Optional.of(new AttemptPolicy(attempts, rounds, waitMillis))
        : Optional.empty();
  }

  /** The policy that takes of each number the one that allows less, this one's or the other's. */
  @Implements("LIM-15~2")
  public AttemptPolicy orStricter(AttemptPolicy other) {
    return new AttemptPolicy(
        Math.min(attempts, other.attempts),
        Math.min(rounds, other.rounds),
        Math.max(waitMillis, other.waitMillis));
  }

  /** The form in which it is sent. */
  @NonNormative("WIR-5 is the codec's")
  public Policy toWire() {
    return new Policy(attempts, rounds, waitMillis);
  }
}
