package lockstep.backup.run;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.FoundHead;
import lockstep.backup.store.StoredBackup;
import lockstep.format.BackupKeys;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;

/**
 * The earlier backups that stay beside the newest one, and what they name.
 *
 * <p>A head that does not open today may open tomorrow, and a manifest that cannot be read today
 * may be whole: as long as one of them is among those that stay, anything may be theirs.
 */
@Decides("BAK-42")
final class KeptBackups {

  private final long lowest;
  private final Set<ObjectName> named;
  private final boolean isSure;

  private KeptBackups(long lowest, Set<ObjectName> named, boolean isSure) {
    this.lowest = lowest;
    this.named = named;
    this.isSure = isSure;
  }

  /**
   * Finds them by their heads and reads their manifests, and those of what stands above the newest.
   *
   * @param keep how many backups stay, the newest among them
   */
  static KeptBackups below(HeadContent newest, int keep, BackupStorage storage, BackupKeys keys)
      throws IOException {
    List<HeadName> heads = storage.heads(keys.setName());
    StoredBackup backup = new StoredBackup(storage, keys);
    Set<ObjectName> named = new HashSet<>();
    long lowest = newest.backupNumber();
    boolean isSure = true;
    int missing = keep - 1;
    for (int i = heads.size() - 1; i >= 0; i--) {
      HeadName name = heads.get(i);
      boolean isAbove = name.backupNumber() > newest.backupNumber();
      boolean isBelow = name.backupNumber() < newest.backupNumber() && missing > 0;
      if (!isAbove && !isBelow) {
        continue;
      }
      Optional<HeadContent> content =
          storage.readHead(name).flatMap(bytes -> FoundHead.open(keys, name, bytes));
      if (isBelow) {
        lowest = name.backupNumber();
        missing -= content.isPresent() ? 1 : 0;
      }
      isSure &= content.isPresent() && learn(backup, content.get(), named);
    }
    return new KeptBackups(lowest, named, isSure);
  }

  private static boolean learn(StoredBackup backup, HeadContent head, Set<ObjectName> named)
      throws IOException {
    named.add(backup.nameOf(head.manifest()));
    try {
      for (StoredObject object : backup.read(head, entry -> {}).objects()) {
        named.add(backup.nameOf(object));
      }
      return true;
    } catch (DamagedBackup unknown) {
      return false;
    }
  }

  /** The lowest number whose head stays. */
  long lowest() {
    return lowest;
  }

  /** Whether one of them names that object, as far as can be told. */
  boolean mayName(ObjectName object) {
    return !isSure || named.contains(object);
  }
}
