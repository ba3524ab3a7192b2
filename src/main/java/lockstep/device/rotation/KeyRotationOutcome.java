package lockstep.device.rotation;

import lockstep.device.state.NewRecoveryKey;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What becomes of a key rotation. */
@Implements({"ROT-1~3", "ROT-3~2"})
public sealed interface KeyRotationOutcome {

  /** Calls the one case that fits. */
  <R extends @Nullable Object> R match(Cases<R> cases);

  /** A method for each case. */
  interface Cases<R extends @Nullable Object> {
    R rotated();

    R oldSetRemains(String reason);

    R keyToConfirm(NewRecoveryKey key);

    R notThePassword();

    R notEnabled();

    R notUnlocked(UnlockOutcome why);

    R damaged(String objectName);

    R olderBackup(OlderBackup outcome);

    R backupGone(BackupGone outcome);

    R numbersUsedUp();

    R overtaken();

    R providerFailed(String reason);

    R outcomeUnknown(VaultFailure why);
  }

  /** The new root key is in force, and the old set is gone. */
  record Rotated() implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.rotated();
    }
  }

  /**
   * The new root key is in force; the provider still holds the old set. Run again.
   *
   * @param reason the provider's, in words for the user
   */
  record OldSetRemains(String reason) implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.oldSetRemains(reason);
    }
  }

  /**
   * Key mode: the new key takes effect when the user confirms it, and the old one is valid until
   * then.
   *
   * @param key the caller's to close
   */
  record KeyToConfirm(NewRecoveryKey key) implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.keyToConfirm(key);
    }
  }

  /** The rehearsal verifier says that this is not the password; no attempt was spent. */
  record NotThePassword() implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.notThePassword();
    }
  }

  /** This device is not enabled in that mode. */
  record NotEnabled() implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.notEnabled();
    }
  }

  /**
   * The vault did not let the device stage the new key; the old one stays in force.
   *
   * @param why never {@code Released}
   */
  record NotUnlocked(UnlockOutcome why) implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.notUnlocked(why);
    }
  }

  /**
   * The backup to seal again is damaged; the old key stays in force.
   *
   * @param objectName at the provider
   */
  record Damaged(String objectName) implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.damaged(objectName);
    }
  }

  /**
   * The provider's backup is older than one that the vault or the device knows of; the old key
   * stays in force.
   *
   * @param number the provider's backup
   * @param floorNumber the newest one that is known of
   */
  record OlderBackup(long number, long floorNumber) implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.olderBackup(this);
    }
  }

  /**
   * The provider shows no backup, though one is known of; the old key stays in force.
   *
   * @param floorNumber the newest one that is known of
   */
  record BackupGone(long floorNumber) implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.backupGone(this);
    }
  }

  /** There is no number above the backup's; the old key stays in force. */
  record NumbersUsedUp() implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.numbersUsedUp();
    }
  }

  /** Another device backed up while the key was being changed; the old key stays in force. */
  record Overtaken() implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.overtaken();
    }
  }

  /**
   * The provider failed; this run put no other key in force.
   *
   * @param reason the provider's, in words for the user
   */
  record ProviderFailed(String reason) implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.providerFailed(reason);
    }
  }

  /**
   * Whether the vault activated the new key is not known; run again to find out.
   *
   * @param why its answer was lost, or is not to be believed
   */
  record OutcomeUnknown(VaultFailure why) implements KeyRotationOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.outcomeUnknown(why);
    }
  }
}
