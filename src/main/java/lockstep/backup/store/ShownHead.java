package lockstep.backup.store;

import lockstep.format.BackupKeys;
import lockstep.spec.Implements;

/** What a provider shows under a key now, for who has to know before something is removed. */
@Implements("ROT-1~3")
public final class ShownHead {

  private ShownHead() {}

  /** Whether there is a head that opens. */
  public static boolean isThere(BackupStorage storage, BackupKeys keys) throws ProviderUnavailable {
    return FoundHead.read(storage, keys) instanceof FoundHead.Opened;
  }

  /** Whether there is a head that opens, of that number or a higher one. */
  public static boolean isAtLeast(BackupStorage storage, BackupKeys keys, long number)
      throws ProviderUnavailable {
    return FoundHead.read(storage, keys)
        .match(() -> false, head -> head.backupNumber() >= number, damaged -> false);
  }
}
