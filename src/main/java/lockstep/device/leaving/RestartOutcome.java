package lockstep.device.leaving;

import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What becomes of starting afresh. */
@Implements("DIS-3")
public sealed interface RestartOutcome {

  /**
   * Requested; any unlock or signed command until then cancels it, and the old backup stays
   * unreadable.
   *
   * @param completesAt from when it may be completed, in milliseconds since 1970
   */
  record Pending(long completesAt) implements RestartOutcome {}

  /** The old record is erased; enrol afresh. */
  record Restarted() implements RestartOutcome {}

  /** None was requested, or it was cancelled. */
  record NotRequested() implements RestartOutcome {}

  /** The account has no record to restart. */
  record NotEnrolled() implements RestartOutcome {}

  /**
   * The vault could not be asked or believed.
   *
   * @param failure why
   */
  record VaultFailed(VaultFailure failure) implements RestartOutcome {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      LongFunction<R> pending,
      Supplier<R> restarted,
      Supplier<R> notRequested,
      Supplier<R> notEnrolled,
      Function<VaultFailure, R> vaultFailed) {
    if (this instanceof Pending outcome) {
      return pending.apply(outcome.completesAt());
    }
    if (this instanceof Restarted) {
      return restarted.get();
    }
    if (this instanceof NotRequested) {
      return notRequested.get();
    }
    if (this instanceof NotEnrolled) {
      return notEnrolled.get();
    }
    return vaultFailed.apply(((VaultFailed) this).failure());
  }
}
