package lockstep.device.password;

import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.device.state.VaultBinding;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What becomes of a password change. */
@Implements({"CHG-1", "CHG-3", "CHG-4", "CHG-5"})
public sealed interface PasswordChangeOutcome {

  /**
   * The new password is in force. Copies and root keys that somebody already has stay valid.
   *
   * @param vault the record
   */
  record Changed(VaultBinding vault) implements PasswordChangeOutcome {}

  /** An interrupted change had taken effect: in force is the new password typed then. */
  record EarlierChangeTookEffect(VaultBinding vault) implements PasswordChangeOutcome {}

  /**
   * Whether the vault activated the record is not known; either password may be in force.
   *
   * @param why its answer was lost, or is not to be believed
   */
  record OutcomeUnknown(VaultFailure why) implements PasswordChangeOutcome {}

  /**
   * The previous password was wrong, and the attempt is spent.
   *
   * @param attemptsRemaining attempts left in this round
   * @param lockedUntil until when the account is locked, in milliseconds since 1970; 0 when not
   */
  record WrongPassword(int attemptsRemaining, long lockedUntil) implements PasswordChangeOutcome {}

  /**
   * The vault accepts no attempt or stage for now; the previous password stays in force.
   *
   * @param until when it does, in milliseconds since 1970
   */
  record Locked(long until) implements PasswordChangeOutcome {}

  /** The record was destroyed: enrol again. */
  record Destroyed() implements PasswordChangeOutcome {}

  /** The vault has no record of the account. */
  record NotEnrolled() implements PasswordChangeOutcome {}

  /** This device is not enabled with a password. */
  record NotEnabled() implements PasswordChangeOutcome {}

  /**
   * The vault could not be asked or believed; the previous password stays in force.
   *
   * @param failure why
   */
  record VaultFailed(VaultFailure failure) implements PasswordChangeOutcome {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<VaultBinding, R> changed,
      Function<VaultBinding, R> earlierChangeTookEffect,
      Function<VaultFailure, R> outcomeUnknown,
      Function<WrongPassword, R> wrongPassword,
      Function<Locked, R> locked,
      Supplier<R> destroyed,
      Supplier<R> notEnrolled,
      Supplier<R> notEnabled,
      Function<VaultFailure, R> vaultFailed) {
    if (this instanceof Changed outcome) {
      return changed.apply(outcome.vault());
    }
    if (this instanceof EarlierChangeTookEffect outcome) {
      return earlierChangeTookEffect.apply(outcome.vault());
    }
    if (this instanceof OutcomeUnknown outcome) {
      return outcomeUnknown.apply(outcome.why());
    }
    if (this instanceof WrongPassword outcome) {
      return wrongPassword.apply(outcome);
    }
    if (this instanceof Locked outcome) {
      return locked.apply(outcome);
    }
    if (this instanceof Destroyed) {
      return destroyed.get();
    }
    if (this instanceof NotEnrolled) {
      return notEnrolled.get();
    }
    if (this instanceof NotEnabled) {
      return notEnabled.get();
    }
    return vaultFailed.apply(((VaultFailed) this).failure());
  }
}
