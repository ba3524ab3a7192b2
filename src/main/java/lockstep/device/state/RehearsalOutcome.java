package lockstep.device.state;

import java.util.function.Supplier;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What a rehearsal says of a password; none spends an attempt. */
@Implements({"USR-6", "USR-7"})
public sealed interface RehearsalOutcome {

  /** It is the password in force. */
  record ThePassword() implements RehearsalOutcome {}

  /** It is not. */
  record NotThePassword() implements RehearsalOutcome {}

  /**
   * The device has nothing to compare with: the password was changed elsewhere, or not finished.
   */
  record NothingToCompare() implements RehearsalOutcome {}

  /** A password change was interrupted: finish it first. */
  record ChangePending() implements RehearsalOutcome {}

  /** This device is not enabled with a password. */
  record NotEnabled() implements RehearsalOutcome {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Supplier<R> thePassword,
      Supplier<R> notThePassword,
      Supplier<R> nothingToCompare,
      Supplier<R> changePending,
      Supplier<R> notEnabled) {
    if (this instanceof ThePassword) {
      return thePassword.get();
    }
    if (this instanceof NotThePassword) {
      return notThePassword.get();
    }
    if (this instanceof NothingToCompare) {
      return nothingToCompare.get();
    }
    return this instanceof ChangePending ? changePending.get() : notEnabled.get();
  }
}
