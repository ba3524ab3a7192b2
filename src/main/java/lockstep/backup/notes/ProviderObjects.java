package lockstep.backup.notes;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import lockstep.backup.store.BackupStorage;
import lockstep.format.BackupKeys;
import lockstep.format.ObjectId;
import lockstep.format.ObjectName;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/**
 * What the provider holds of a set, as far as it can be used again: listed with its length, and
 * never found damaged.
 *
 * @param listed the objects that the provider has, with their lengths
 * @param damaged those that this device found damaged
 */
@Implements({"BAK-14~3", "BAK-22"})
public record ProviderObjects(
    Map<ObjectName, BackupStorage.Listed> listed, Set<ObjectName> damaged) {

  public static ProviderObjects of(BackupStorage storage, BackupNotes notes, BackupKeys keys)
      throws IOException {
    return new ProviderObjects(
        storage.list(keys.setName()), DamageNotes.read(notes, keys.setName()));
  }

  public Set<ObjectId> whole(NotedBackup backup, BackupKeys keys) {
    Set<ObjectId> whole = new HashSet<>();
    for (StoredObject object : backup.objects()) {
      ObjectName name = keys.nameOf(object.id());
      BackupStorage.Listed found = listed.get(name);
      if (found != null && found.lengthBytes() == object.sealedBytes() && !damaged.contains(name)) {
        whole.add(object.id());
      }
    }
    return whole;
  }
}
