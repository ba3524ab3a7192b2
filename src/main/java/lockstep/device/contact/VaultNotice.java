package lockstep.device.contact;

import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What happened at the vault since this device last heard of it, and not by this device. */
@Implements("USR-5~1")
public sealed interface VaultNotice {

  /**
   * Attempts were spent, or a stage begun.
   *
   * @param charges how many charges stand in the present round
   */
  record AttemptsByOthers(int charges) implements VaultNotice {}

  /** The record was opened with the password, on another device. */
  record UnlockedElsewhere() implements VaultNotice {}

  /**
   * The account was locked.
   *
   * @param until when the lock ends, in milliseconds since 1970
   */
  record LockedByOthers(long until) implements VaultNotice {}

  /**
   * Somebody with the account asked to start afresh; this contact cancelled it.
   *
   * @param completesAt when it would have been completed, in milliseconds since 1970
   */
  record RestartCancelled(long completesAt) implements VaultNotice {}

  /** The record was destroyed: enrol again to protect the backup with a password. */
  record RecordDestroyed() implements VaultNotice {}

  /** The record is gone, or another root key's: disabled, or enabled anew, elsewhere. */
  record RecordReplaced() implements VaultNotice {}

  /** The password was changed on another device. */
  record PasswordChangedElsewhere() implements VaultNotice {}

  /** A password change that was interrupted here had taken effect. */
  record PasswordChangeTookEffect() implements VaultNotice {}

  /**
   * The vault knows of a newer backup than this device's: another device made it.
   *
   * @param backupNumber the newer backup's
   */
  record NewerBackup(long backupNumber) implements VaultNotice {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      IntFunction<R> attemptsByOthers,
      Supplier<R> unlockedElsewhere,
      LongFunction<R> lockedByOthers,
      LongFunction<R> restartCancelled,
      Supplier<R> recordDestroyed,
      Supplier<R> recordReplaced,
      Supplier<R> passwordChangedElsewhere,
      Supplier<R> passwordChangeTookEffect,
      LongFunction<R> newerBackup) {
    if (this instanceof AttemptsByOthers notice) {
      return attemptsByOthers.apply(notice.charges());
    }
    if (this instanceof UnlockedElsewhere) {
      return unlockedElsewhere.get();
    }
    if (this instanceof LockedByOthers notice) {
      return lockedByOthers.apply(notice.until());
    }
    if (this instanceof RestartCancelled notice) {
      return restartCancelled.apply(notice.completesAt());
    }
    if (this instanceof RecordDestroyed) {
      return recordDestroyed.get();
    }
    if (this instanceof RecordReplaced) {
      return recordReplaced.get();
    }
    if (this instanceof PasswordChangedElsewhere) {
      return passwordChangedElsewhere.get();
    }
    if (this instanceof PasswordChangeTookEffect) {
      return passwordChangeTookEffect.get();
    }
    return newerBackup.apply(((NewerBackup) this).backupNumber());
  }
}
