package lockstep.backup.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.notes.KnownObjects;
import lockstep.backup.notes.NotedBackup;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.BackupStorage.Listed;
import lockstep.backup.store.StoredBackup;
import lockstep.format.BackupKeys;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ManifestReader;
import lockstep.format.ObjectId;
import lockstep.format.ObjectName;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * What may go once a new head stands: what the device knows to be garbage, and orphans of dead
 * runs, which are older by the provider's clock than any run lasts.
 */
@Decides("BAK-17")
final class Garbage {

  /** How long an object that nobody is known to need is kept. */
  static final Duration ORPHANS_STAY = Duration.ofDays(30);

  private final BackupStorage storage;
  private final BackupKeys keys;
  private final KnownObjects known;

  Garbage(BackupStorage storage, BackupKeys keys, KnownObjects known) {
    this.storage = storage;
    this.keys = keys;
    this.known = known;
  }

  /**
   * Reads another device's manifest, and those before it that are still there.
   *
   * @return the objects of the first; nothing when it is damaged, and then none may be relied on
   */
  Optional<Set<ObjectId>> learn(HeadContent head, Map<ObjectName, Listed> listed)
      throws IOException {
    StoredBackup backup = new StoredBackup(storage, keys);
    Optional<Set<ObjectId>> first = Optional.empty();
    Optional<StoredObject> next = Optional.of(head.manifest());
    while (next.isPresent() && listed.containsKey(keys.nameOf(next.get().id()))) {
      ManifestReader manifest;
      try {
        manifest = backup.read(next.get(), entry -> {});
      } catch (DamagedBackup unknown) {
        return first;
      }
      known.add(next.get().id());
      Set<ObjectId> objects = new HashSet<>();
      for (StoredObject object : manifest.objects()) {
        known.add(object.id());
        objects.add(object.id());
      }
      first = first.isPresent() ? first : Optional.of(objects);
      long number = next.get().backupNumber();
      next = manifest.header().previous().filter(before -> before.backupNumber() < number);
    }
    return first;
  }

  /** Takes what the device's last backup refers to and the next one does not. */
  void superseded(Optional<NotedBackup> last, List<StoredObject> kept) throws IOException {
    Set<ObjectId> stays = new HashSet<>();
    kept.forEach(object -> stays.add(object.id()));
    if (last.isPresent()) {
      for (StoredObject object : last.get().objects()) {
        if (!stays.contains(object.id())) {
          known.add(object.id());
        }
      }
      if (last.get().manifest().isPresent()) {
        known.add(last.get().manifest().get().id());
      }
    }
    known.sync();
  }

  /**
   * Removes the heads below those that are kept, then whatever is garbage now that {@code head} is
   * the newest. Where it is not known what a kept one names, no object goes.
   */
  @Implements({"BAK-1~2", "PRV-7~3", "BAK-42"})
  void remove(HeadContent head, List<StoredObject> objects, int keep) throws IOException {
    KeptBackups earlier = KeptBackups.below(head, keep, storage, keys);
    for (HeadName lower : storage.heads(keys.setName())) {
      if (lower.backupNumber() < earlier.lowest()) {
        storage.removeHead(lower);
      }
    }
    Set<ObjectName> newest = new HashSet<>();
    newest.add(keys.nameOf(head.manifest().id()));
    objects.forEach(object -> newest.add(keys.nameOf(object.id())));
    removeObjects(head, newest, earlier);
    known.retain(id -> !newest.contains(keys.nameOf(id)) && earlier.mayName(keys.nameOf(id)));
  }

  private void removeObjects(HeadContent head, Set<ObjectName> newest, KeptBackups earlier)
      throws IOException {
    ObjectName manifest = keys.nameOf(head.manifest().id());
    Set<ObjectName> ours = new HashSet<>();
    known.ids().forEach(id -> ours.add(keys.nameOf(id)));
    Map<ObjectName, Listed> listed = storage.list(keys.setName());
    Instant orphansBefore =
        Optional.ofNullable(listed.get(manifest))
            .map(there -> there.storedAt().minus(ORPHANS_STAY))
            .orElse(Instant.MIN);
    for (Map.Entry<ObjectName, Listed> one : listed.entrySet()) {
      boolean isOrphan = one.getValue().storedAt().isBefore(orphansBefore);
      boolean isKept = newest.contains(one.getKey()) || earlier.mayName(one.getKey());
      if (!isKept && (isOrphan || ours.contains(one.getKey()))) {
        storage.remove(keys.setName(), one.getKey());
      }
    }
    storage.removeUnfinished(
        keys.setName(),
        head.backupNumber(),
        name -> ours.contains(name) || newest.contains(name),
        orphansBefore);
  }
}
