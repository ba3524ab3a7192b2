package lockstep.device.vault;

import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** Why a conversation with the vault did not get to its end. */
@Implements({"ENR-1~1", "ENR-2~1", "RCP-3~1", "USR-10~1"})
public sealed interface VaultFailure {

  /** Vault or messenger did not answer, or the vault cannot keep results; run again later. */
  record Unavailable() implements VaultFailure {}

  /** Another identity, signature, parameter or wrap than an honest vault gives. */
  record NotTrusted() implements VaultFailure {}

  /** The vault knows less than it did: attempts or marks may have been restored. */
  record RolledBack() implements VaultFailure {}

  /** The vault accepts neither the account's token nor this device's signature. */
  record NotEntitled() implements VaultFailure {}

  /** The vault ended the session or stage meanwhile; run again. */
  record SessionLost() implements VaultFailure {}

  /**
   * An attempt was spent, or may have been, and no answer tells whether the password is right.
   *
   * @param attemptsRemaining how many are left in this round, where the vault said so before
   * @param lockedUntil until when the account is locked then, in milliseconds since 1970; 0 when
   *     not
   * @param last whether it was the last attempt of all, after which the vault erases the record
   */
  record AttemptSpent(OptionalInt attemptsRemaining, long lockedUntil, boolean last)
      implements VaultFailure {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Supplier<R> unavailable,
      Supplier<R> notTrusted,
      Supplier<R> rolledBack,
      Supplier<R> notEntitled,
      Supplier<R> sessionLost,
      Function<AttemptSpent, R> attemptSpent) {
    if (this instanceof Unavailable) {
      return unavailable.get();
    }
    if (this instanceof NotTrusted) {
      return notTrusted.get();
    }
    if (this instanceof RolledBack) {
      return rolledBack.get();
    }
    if (this instanceof AttemptSpent spent) {
      return attemptSpent.apply(spent);
    }
    return this instanceof NotEntitled ? notEntitled.get() : sessionLost.get();
  }
}
