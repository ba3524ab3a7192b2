package lockstep.vault.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lockstep.kernel.LimiterDecision;
import lockstep.spec.Verifies;
import lockstep.wire.Policy;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** A policy is within LIM-1's bounds or is none. */
class AttemptPolicyProperties {

  @Example
  @Verifies("LIM-1")
  void theDefaultIsFiveAttemptsTwoRoundsTwentyFourHours() {
    assertThat(AttemptPolicy.STANDARD).isEqualTo(new AttemptPolicy(5, 2, 24L * 3_600 * 1_000));
    assertThat(AttemptPolicy.STANDARD.toWire()).isEqualTo(new Policy(5, 2, 86_400_000));
  }

  @Property(tries = 500)
  @Verifies("LIM-1")
  void outOfBoundsIsNoPolicy(
      @ForAll @IntRange(min = -1, max = 1_002) int attempts,
      @ForAll @IntRange(min = -1, max = 102) int rounds,
      @ForAll @LongRange(min = 0, max = 31_536_001_000L) long wait) {
    boolean within = LimiterDecision.isPolicy(attempts, rounds, wait);
    assertThat(AttemptPolicy.of(attempts, rounds, wait).isPresent()).isEqualTo(within);
    if (!within) {
      assertThatThrownBy(() -> new AttemptPolicy(attempts, rounds, wait))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
