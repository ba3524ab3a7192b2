package lockstep.device.notices;

import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** What happened at the vault since this device last heard of it, and not by this device. */
@Implements("USR-5~2")
public sealed interface VaultNotice {

  /**
   * Attempts were spent, or a stage begun.
   *
   * @param charges how many charges of others stand in the round
   * @param round the round, from 1; those before it are used up
   */
  record AttemptsByOthers(int charges, int round) implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.attemptsByOthers(this);
    }
  }

  /**
   * Something was done between two steps of one command here, and is not to be seen any more.
   *
   * @param acts how many acts the vault counted
   */
  record ActsByOthers(long acts) implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.actsByOthers(acts);
    }
  }

  /** The record was opened with the password, on another device. */
  record UnlockedElsewhere() implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.unlockedElsewhere();
    }
  }

  /**
   * The account was locked.
   *
   * @param until when the lock ends, in milliseconds since 1970
   */
  record LockedByOthers(long until) implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.lockedByOthers(until);
    }
  }

  /**
   * Somebody with the account asked to start afresh.
   *
   * @param completesAt when it can be completed, in milliseconds since 1970
   */
  record RestartRequested(long completesAt) implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.restartRequested(completesAt);
    }
  }

  /**
   * Somebody with the account had asked to start afresh, and that was cancelled.
   *
   * @param completesAt when it would have been completed, in milliseconds since 1970
   */
  record RestartCancelled(long completesAt) implements VaultNotice {
    @Override
    public boolean includes(VaultNotice earlier) {
      return earlier.equals(this) || earlier.equals(new RestartRequested(completesAt));
    }

    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.restartCancelled(completesAt);
    }
  }

  /** The record was destroyed: enrol again to protect the backup with a password. */
  record RecordDestroyed() implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.recordDestroyed();
    }
  }

  /** The record was destroyed and enrolled anew since, which began a full budget of attempts. */
  record DestroyedMeanwhile() implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.destroyedMeanwhile();
    }
  }

  /** The record is gone, or another root key's: disabled, or enabled anew, elsewhere. */
  record RecordReplaced() implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.recordReplaced();
    }
  }

  /** The password was changed on another device. */
  record PasswordChangedElsewhere() implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.passwordChangedElsewhere();
    }
  }

  /** A password change that was interrupted here had taken effect. */
  record PasswordChangeTookEffect() implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.passwordChangeTookEffect();
    }
  }

  /**
   * The vault knows of a newer backup than this device's: another device made it.
   *
   * @param backupNumber the newer backup's
   */
  record NewerBackup(long backupNumber) implements VaultNotice {
    @Override
    public boolean includes(VaultNotice earlier) {
      return earlier instanceof NewerBackup older && older.backupNumber() <= backupNumber;
    }

    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.newerBackup(backupNumber);
    }
  }

  /**
   * So much happened at the vault that it cannot show whether all of it followed what this device
   * knew: an earlier state may have been put back.
   *
   * @param receipts how many receipts came since the one that was known
   */
  record RollbackNotExcluded(long receipts) implements VaultNotice {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.rollbackNotExcluded(receipts);
    }
  }

  /** One function for each kind of notice. */
  interface Cases<R extends @Nullable Object> {

    /** See {@link AttemptsByOthers}. */
    R attemptsByOthers(AttemptsByOthers notice);

    /** See {@link ActsByOthers}. */
    R actsByOthers(long acts);

    /** See {@link UnlockedElsewhere}. */
    R unlockedElsewhere();

    /** See {@link LockedByOthers}. */
    R lockedByOthers(long until);

    /** See {@link RestartRequested}. */
    R restartRequested(long completesAt);

    /** See {@link RestartCancelled}. */
    R restartCancelled(long completesAt);

    /** See {@link RecordDestroyed}. */
    R recordDestroyed();

    /** See {@link DestroyedMeanwhile}. */
    R destroyedMeanwhile();

    /** See {@link RecordReplaced}. */
    R recordReplaced();

    /** See {@link PasswordChangedElsewhere}. */
    R passwordChangedElsewhere();

    /** See {@link PasswordChangeTookEffect}. */
    R passwordChangeTookEffect();

    /** See {@link NewerBackup}. */
    R newerBackup(long backupNumber);

    /** See {@link RollbackNotExcluded}. */
    R rollbackNotExcluded(long receipts);
  }

  /** Calls the function that fits. */
  <R extends @Nullable Object> R match(Cases<R> cases);

  /** Whether whoever is told this need not be told {@code earlier} as well. */
  default boolean includes(VaultNotice earlier) {
    return earlier.equals(this);
  }

  /** Writes it as {@link #read} reads it. */
  default void write(WireWriter writer) {
    match(new NoticeWriter(writer));
  }

  /** Reads a notice; empty for an unknown kind. */
  static Optional<VaultNotice> read(WireReader reader) {
    return NoticeWriter.read(reader);
  }
}
