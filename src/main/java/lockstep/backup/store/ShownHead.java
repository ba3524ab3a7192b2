package lockstep.backup.store;

import lockstep.format.BackupKeys;
import lockstep.format.HeadName;
import lockstep.spec.Implements;

/** What a provider shows under a key now, for who has to know before something is removed. */
@Implements("ROT-1~3")
public final class ShownHead {

  private ShownHead() {}

  /** Whether there is a head that opens. */
  public static boolean isThere(BackupStorage storage, BackupKeys keys) throws ProviderUnavailable {
    return FoundHead.read(storage, keys) instanceof FoundHead.Opened;
  }

  /**
   * Whether there is a head of a higher number that opens, or, {@code openOrNot}, any: what does
   * not open now may open tomorrow.
   */
  public static boolean isAbove(
      BackupStorage storage, BackupKeys keys, long number, boolean openOrNot)
      throws ProviderUnavailable {
    for (HeadName name : storage.heads(keys.setName())) {
      if (name.backupNumber() > number
          && (openOrNot
              || storage
                  .readHead(name)
                  .flatMap(bytes -> FoundHead.open(keys, name, bytes))
                  .isPresent())) {
        return true;
      }
    }
    return false;
  }
}
