package lockstep.device.vault;

import lockstep.spec.Decides;
import lockstep.wire.Policy;

/** What a device asks of a policy, as it asks of Argon2id, before a password relies on it. */
@Decides("ENR-8")
public final class PolicyFloor {

  /** The most attempts in all rounds. */
  public static final int MAX_ATTEMPTS = 20;

  /** The shortest wait between two rounds, in milliseconds. */
  public static final long MIN_WAIT_MILLIS = 3_600_000;

  private PolicyFloor() {}

  /** Whether a password that is not among the first few guesses is safe under that policy. */
  public static boolean accepts(Policy policy) {
    return (long) policy.attempts() * policy.rounds() <= MAX_ATTEMPTS
        && policy.waitMillis() >= MIN_WAIT_MILLIS;
  }
}
