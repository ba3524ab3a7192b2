package lockstep.backup.run;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.BackupStorage.Listed;
import lockstep.backup.store.FoundHead;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.BackupKeys;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedHead;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * The head of a backup, made only if that backup is still the next one and whole.
 *
 * <p>Of two devices that begin over the same head one makes the next number, and the other is told.
 * A device looks at the heads before, so that a head that was made and removed meanwhile does not
 * free its number, and again after, so that it never takes itself for the newest when it is not.
 */
@Decides("BAK-18~2")
@Implements({"BAK-1~2", "BAK-10~3"})
final class NewHead {

  private final BackupStorage storage;
  private final BackupKeys keys;
  private final SecureRandom random;
  private boolean gaveWay;

  NewHead(BackupStorage storage, BackupKeys keys, SecureRandom random) {
    this.storage = storage;
    this.keys = keys;
    this.random = random;
  }

  /**
   * Makes the head.
   *
   * @param expected the head that the backup was begun over
   * @param objects what the manifest refers to
   * @return nothing when it stands and is the newest; otherwise why it does not
   */
  Optional<BackupOutcome> make(
      Optional<HeadContent> expected, HeadContent next, List<StoredObject> objects)
      throws IOException {
    Set<HeadName> before = Set.copyOf(storage.heads(keys.setName()));
    Optional<HeadContent> found = newest();
    if (!found.map(HeadContent::manifest).equals(expected.map(HeadContent::manifest))) {
      return Optional.of(overtaken(found));
    }
    if (!allThere(next.manifest(), objects)) {
      return Optional.of(
          new BackupOutcome.ProviderFailed("objects that this backup needs are gone from it"));
    }
    HeadName name = new HeadName(keys.setName(), next.backupNumber());
    boolean made = storage.addHead(name, SealedHead.seal(keys, random, next));
    if (made && isMadeBelow(name, before)) {
      gaveWay = true;
      storage.removeHead(name);
      return Optional.of(overtaken(newest()));
    }
    return made && isNewest(next) ? Optional.empty() : Optional.of(overtaken(newest()));
  }

  /**
   * Whether a lower head came meanwhile. Whoever made it saw none above it, and may be removing
   * what this backup takes over; so this one gives way.
   */
  private boolean isMadeBelow(HeadName name, Set<HeadName> before) throws ProviderUnavailable {
    return storage.heads(keys.setName()).stream()
        .anyMatch(head -> head.backupNumber() < name.backupNumber() && !before.contains(head));
  }

  /** Whether the head stood for a moment, so that others may know its objects for garbage. */
  boolean gaveWay() {
    return gaveWay;
  }

  /** Whether the head is still the newest. */
  boolean isNewest(HeadContent head) throws ProviderUnavailable {
    return newest().map(HeadContent::manifest).equals(Optional.of(head.manifest()));
  }

  private Optional<HeadContent> newest() throws ProviderUnavailable {
    return FoundHead.read(storage, keys) instanceof FoundHead.Opened opened
        ? Optional.of(opened.content())
        : Optional.empty();
  }

  private static BackupOutcome overtaken(Optional<HeadContent> found) {
    return found
        .<BackupOutcome>map(
            head -> new BackupOutcome.AnotherDevice(head.backupNumber(), head.createdAt()))
        .orElseGet(() -> new BackupOutcome.ProviderFailed("its heads changed during the backup"));
  }

  @Implements("BAK-18~2")
  private boolean allThere(StoredObject manifest, List<StoredObject> objects)
      throws ProviderUnavailable {
    Map<ObjectName, Listed> listed = storage.list(keys.setName());
    return isThere(manifest, listed) && objects.stream().allMatch(one -> isThere(one, listed));
  }

  private boolean isThere(StoredObject object, Map<ObjectName, Listed> listed) {
    Listed found = listed.get(keys.nameOf(object.id()));
    return found != null && found.lengthBytes() == object.sealedBytes();
  }
}
