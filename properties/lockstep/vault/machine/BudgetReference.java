package lockstep.vault.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import lockstep.vault.machine.AttemptLimiter.Phase;

/**
 * What an outsider who sees every evaluation counts, without knowing how the limiter works: the
 * evaluations since the last success that nobody has proved to know the password of.
 */
public final class BudgetReference {

  private final Set<Object> unproven = new HashSet<>();
  private long epoch = 1;

  public void evaluated(Object charge) {
    unproven.add(charge);
  }

  public void succeeded() {
    unproven.clear();
  }

  /** The stage of that charge was confirmed. */
  public void confirmed(Object charge) {
    unproven.remove(charge);
  }

  /** The budget is never exceeded, and what is spent of it never less than what was evaluated. */
  public void check(AccountState state) {
    AttemptLimiter limiter = state.limiter();
    if (state.epoch() > epoch) {
      assertThat(state.epoch()).isEqualTo(epoch + 1);
      epoch = state.epoch();
      unproven.removeIf(charge -> !isOfStage(charge, state));
    }
    assertThat(unproven)
        .as("evaluations without a success")
        .hasSizeLessThanOrEqualTo(limiter.policy().attempts() * limiter.policy().rounds());
    if (limiter.phase() != Phase.DESTROYED) {
      assertThat((limiter.round() - 1) * limiter.policy().attempts() + limiter.charges())
          .as("spent of the budget")
          .isGreaterThanOrEqualTo(unproven.size());
    }
  }

  private static boolean isOfStage(Object charge, AccountState state) {
    return state.stage().isPresent() && charge.equals(state.stage().get().generation());
  }
}
