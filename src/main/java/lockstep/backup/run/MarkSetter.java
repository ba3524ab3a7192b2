package lockstep.backup.run;

import java.io.IOException;
import lockstep.backup.store.BackupMark;
import lockstep.spec.NonNormative;

/** Has the vault remember the newest backup; called once the backup's head stands. */
@FunctionalInterface
@NonNormative("a port; MarkKeeper carries BAK-9 out")
public interface MarkSetter {

  /** What came of it. */
  enum Result {
    /** The vault holds the mark. */
    SET,
    /** The vault could not be reached; the next contact sets the mark. */
    PENDING,
    /** There is no vault: the account is in key mode. */
    NO_VAULT
  }

  /**
   * Sets the mark.
   *
   * @throws IOException when the device's own state cannot be kept
   */
  Result set(BackupMark mark) throws IOException;
}
