package lockstep.device.vault;

import java.util.function.Supplier;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** Why a conversation with the vault did not get to its end. */
@Implements({"ENR-1~1", "ENR-2~1", "RCP-3~1"})
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

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Supplier<R> unavailable,
      Supplier<R> notTrusted,
      Supplier<R> rolledBack,
      Supplier<R> notEntitled,
      Supplier<R> sessionLost) {
    if (this instanceof Unavailable) {
      return unavailable.get();
    }
    if (this instanceof NotTrusted) {
      return notTrusted.get();
    }
    if (this instanceof RolledBack) {
      return rolledBack.get();
    }
    return this instanceof NotEntitled ? notEntitled.get() : sessionLost.get();
  }
}
