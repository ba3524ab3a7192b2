package lockstep.device.rotation;

import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.device.state.NewRecoveryKey;
import lockstep.device.vault.UnlockOutcome;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What becomes of a key rotation. */
@Implements({"ROT-1~2", "ROT-3~2"})
public sealed interface KeyRotationOutcome {

  /** The new root key is in force, and the old set is gone. */
  record Rotated() implements KeyRotationOutcome {}

  /**
   * The new root key is in force; the provider still holds the old set. Run again.
   *
   * @param reason the provider's, in words for the user
   */
  record OldSetRemains(String reason) implements KeyRotationOutcome {}

  /**
   * Key mode: the new key takes effect when the user confirms it, and the old one is valid until
   * then.
   *
   * @param key the caller's to close
   */
  record KeyToConfirm(NewRecoveryKey key) implements KeyRotationOutcome {}

  /** The rehearsal verifier says that this is not the password; no attempt was spent. */
  record NotThePassword() implements KeyRotationOutcome {}

  /** This device is not enabled in that mode. */
  record NotEnabled() implements KeyRotationOutcome {}

  /**
   * The vault did not let the device stage the new key; the old one stays in force.
   *
   * @param why never {@code Released}
   */
  record NotUnlocked(UnlockOutcome why) implements KeyRotationOutcome {}

  /**
   * The backup to seal again is damaged; the old key stays in force.
   *
   * @param objectName at the provider
   */
  record Damaged(String objectName) implements KeyRotationOutcome {}

  /**
   * The provider's backup is older than one that the vault or the device knows of; the old key
   * stays in force.
   *
   * @param number the provider's backup
   * @param floorNumber the newest one that is known of
   */
  record OlderBackup(long number, long floorNumber) implements KeyRotationOutcome {}

  /**
   * The provider shows no backup, though one is known of; the old key stays in force.
   *
   * @param floorNumber the newest one that is known of
   */
  record BackupGone(long floorNumber) implements KeyRotationOutcome {}

  /** There is no number above the backup's; the old key stays in force. */
  record NumbersUsedUp() implements KeyRotationOutcome {}

  /** Another device backed up while the key was being changed; the old key stays in force. */
  record Overtaken() implements KeyRotationOutcome {}

  /**
   * The provider failed; the old key stays in force.
   *
   * @param reason the provider's, in words for the user
   */
  record ProviderFailed(String reason) implements KeyRotationOutcome {}

  /** Whether the vault activated the new key is not known; run again to find out. */
  record OutcomeUnknown() implements KeyRotationOutcome {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Supplier<R> rotated,
      Function<String, R> oldSetRemains,
      Function<NewRecoveryKey, R> keyToConfirm,
      Supplier<R> notThePassword,
      Supplier<R> notEnabled,
      Function<UnlockOutcome, R> notUnlocked,
      Function<String, R> damaged,
      Function<OlderBackup, R> olderBackup,
      Function<BackupGone, R> backupGone,
      Supplier<R> numbersUsedUp,
      Supplier<R> overtaken,
      Function<String, R> providerFailed,
      Supplier<R> outcomeUnknown) {
    if (this instanceof Rotated) {
      return rotated.get();
    }
    if (this instanceof OldSetRemains outcome) {
      return oldSetRemains.apply(outcome.reason());
    }
    if (this instanceof KeyToConfirm outcome) {
      return keyToConfirm.apply(outcome.key());
    }
    if (this instanceof NotThePassword) {
      return notThePassword.get();
    }
    if (this instanceof NotEnabled) {
      return notEnabled.get();
    }
    if (this instanceof NotUnlocked outcome) {
      return notUnlocked.apply(outcome.why());
    }
    if (this instanceof Damaged outcome) {
      return damaged.apply(outcome.objectName());
    }
    if (this instanceof OlderBackup outcome) {
      return olderBackup.apply(outcome);
    }
    if (this instanceof BackupGone outcome) {
      return backupGone.apply(outcome);
    }
    if (this instanceof NumbersUsedUp) {
      return numbersUsedUp.get();
    }
    if (this instanceof Overtaken) {
      return overtaken.get();
    }
    if (this instanceof ProviderFailed outcome) {
      return providerFailed.apply(outcome.reason());
    }
    return outcomeUnknown.get();
  }
}
