package lockstep.vault.machine;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Policies for properties: small ones, where every phase is near. */
public final class Policies {

  /** Longer than a stage lives, so that a lock outlasts what it meets. */
  public static final long LONG_WAIT = 86_400_000L;

  private Policies() {}

  public static Arbitrary<AttemptPolicy> arbitrary() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(1_000L, 30_000L, 700_000L, LONG_WAIT))
        .as(AttemptPolicy::new);
  }
}
