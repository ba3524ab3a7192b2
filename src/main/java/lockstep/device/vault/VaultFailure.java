package lockstep.device.vault;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.spec.Implements;
import lockstep.wire.Policy;
import org.jspecify.annotations.Nullable;

/** Why a conversation with the vault did not get to its end. */
@Implements({"ENR-1", "ENR-2~2", "ENR-8", "ENR-10", "RCP-3", "USR-10"})
public sealed interface VaultFailure {

  /** Vault or messenger did not answer, or the vault cannot keep results; run again later. */
  record Unavailable() implements VaultFailure {}

  /**
   * Another identity, signature, parameter or wrap than an honest vault gives.
   *
   * @param attemptSpent whether an attempt had been sent by then, so that it may have been spent
   */
  record NotTrusted(boolean attemptSpent) implements VaultFailure {

    /** Before any attempt. */
    public NotTrusted() {
      this(false);
    }
  }

  /**
   * The vault knows less than it did: attempts or marks may have been restored.
   *
   * @param attemptSpent whether an attempt had been sent by then, so that it may have been spent
   */
  record RolledBack(boolean attemptSpent) implements VaultFailure {

    /** Before any attempt. */
    public RolledBack() {
      this(false);
    }
  }

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

  /**
   * The vault's policy allows more than a password is safe from, and nobody accepted that.
   *
   * @param policy the vault's
   */
  record LoosePolicy(Policy policy) implements VaultFailure {}

  /**
   * This process has not the memory that the record's stretching takes.
   *
   * @param memoryKib what it takes
   * @param attemptSpent whether the vault had charged an attempt by then
   */
  record TooLittleMemory(int memoryKib, boolean attemptSpent) implements VaultFailure {}

  /** What would be sent is the last attempt of all, and the user does not take it (USR-13). */
  record LastAttempt() implements VaultFailure {}

  /** The same after an attempt was sent. */
  default VaultFailure afterAnAttempt() {
    return this instanceof NotTrusted
        ? new NotTrusted(true)
        : this instanceof RolledBack ? new RolledBack(true) : this;
  }

  /** A word for it that does not change, such as {@code rolledBack}. */
  default String text() {
    String name = getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Supplier<R> unavailable,
      Function<NotTrusted, R> notTrusted,
      Function<RolledBack, R> rolledBack,
      Supplier<R> notEntitled,
      Supplier<R> sessionLost,
      Function<AttemptSpent, R> attemptSpent,
      Function<Policy, R> loosePolicy,
      Function<TooLittleMemory, R> tooLittleMemory,
      Supplier<R> lastAttempt) {
    if (this instanceof Unavailable) {
      return unavailable.get();
    }
    if (this instanceof NotTrusted failure) {
      return notTrusted.apply(failure);
    }
    if (this instanceof RolledBack failure) {
      return rolledBack.apply(failure);
    }
    if (this instanceof AttemptSpent spent) {
      return attemptSpent.apply(spent);
    }
    if (this instanceof NotEntitled) {
      return notEntitled.get();
    }
    if (this instanceof LoosePolicy failure) {
      return loosePolicy.apply(failure.policy());
    }
    if (this instanceof TooLittleMemory failure) {
      return tooLittleMemory.apply(failure);
    }
    if (this instanceof LastAttempt) {
      return lastAttempt.get();
    }
    return sessionLost.get();
  }
}
