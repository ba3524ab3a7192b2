package lockstep.device.leaving;

import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What becomes of disabling. */
@Implements({"DIS-1~2", "DIS-2"})
public sealed interface DisableOutcome {

  /** Backups are disabled. */
  record Disabled() implements DisableOutcome {}

  /** They were not enabled. */
  record NotEnabled() implements DisableOutcome {}

  /**
   * The vault's record is gone, the provider's objects are not all; run again.
   *
   * @param reason the provider's, in words for the user
   */
  record ProviderFailed(String reason) implements DisableOutcome {}

  /**
   * The vault could not be asked or believed; nothing was erased, as far as is known.
   *
   * @param failure why
   */
  record VaultFailed(VaultFailure failure) implements DisableOutcome {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Supplier<R> disabled,
      Supplier<R> notEnabled,
      Function<String, R> providerFailed,
      Function<VaultFailure, R> vaultFailed) {
    if (this instanceof Disabled) {
      return disabled.get();
    }
    if (this instanceof NotEnabled) {
      return notEnabled.get();
    }
    if (this instanceof ProviderFailed outcome) {
      return providerFailed.apply(outcome.reason());
    }
    return vaultFailed.apply(((VaultFailed) this).failure());
  }
}
