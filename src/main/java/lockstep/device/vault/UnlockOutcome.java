package lockstep.device.vault;

import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What becomes of a password that is tried at the vault. */
@Implements({"USR-3", "USR-4"})
public sealed interface UnlockOutcome {

  /**
   * The password was right.
   *
   * @param account what it opened, the caller's to close
   */
  record Released(OpenedAccount account) implements UnlockOutcome {}

  /**
   * The password was wrong, and the attempt is spent.
   *
   * @param attemptsRemaining attempts left in this round
   * @param lockedUntil until when the account is locked, in milliseconds since 1970; 0 when not
   */
  record WrongPassword(int attemptsRemaining, long lockedUntil) implements UnlockOutcome {}

  /**
   * No attempt is accepted, and none was spent.
   *
   * @param until when the next is, in milliseconds since 1970
   */
  record Locked(long until) implements UnlockOutcome {}

  /** The record was destroyed, by this attempt or before. */
  record Destroyed() implements UnlockOutcome {}

  /** The account has no record at this vault. */
  record NotEnrolled() implements UnlockOutcome {}

  /**
   * The vault could not be asked or believed.
   *
   * @param failure why
   */
  record VaultFailed(VaultFailure failure) implements UnlockOutcome {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<OpenedAccount, R> released,
      Function<WrongPassword, R> wrongPassword,
      Function<Locked, R> locked,
      Supplier<R> destroyed,
      Supplier<R> notEnrolled,
      Function<VaultFailure, R> vaultFailed) {
    if (this instanceof Released outcome) {
      return released.apply(outcome.account());
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
    return vaultFailed.apply(((VaultFailed) this).failure());
  }
}
