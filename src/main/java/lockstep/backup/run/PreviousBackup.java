package lockstep.backup.run;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.notes.BackupNotes.Note;
import lockstep.backup.notes.NoteCursor;
import lockstep.backup.notes.NotedBackup;
import lockstep.backup.notes.NotedEntry;
import lockstep.backup.notes.ProviderObjects;
import lockstep.backup.notes.RunNotes;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.StoredBackup;
import lockstep.format.BackupKeys;
import lockstep.format.BackupPath;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
import lockstep.format.ManifestEntry;
import lockstep.format.ManifestReader;
import lockstep.format.ObjectId;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/**
 * The backup that the next one takes the place of, as the device noted it, or, where it did not, as
 * its manifest at the provider says. What cannot be read today is taken from it.
 */
@Implements({"BAK-20", "BAK-21"})
final class PreviousBackup {

  private final BackupNotes notes;
  private final BackupKeys keys;
  private final Note note;
  private final Optional<NotedBackup> noted;
  private Set<ObjectId> usable = Set.of();
  private Set<BackupPath> aboveMounts = Set.of();

  private PreviousBackup(
      BackupNotes notes, BackupKeys keys, Note note, Optional<NotedBackup> noted) {
    this.notes = notes;
    this.keys = keys;
    this.note = note;
    this.noted = noted;
    noted.ifPresent(backup -> aboveMounts = above(backup.mountPoints()));
  }

  /** Finds it, and reads its manifest where the device's notes are of another backup. */
  static PreviousBackup find(
      BackupNotes notes, BackupStorage storage, BackupKeys keys, Optional<HeadContent> head)
      throws IOException {
    Optional<NotedBackup> last = NotedBackup.scan(notes, keys.setName(), Note.LAST);
    boolean isNoted =
        head.isEmpty()
            || last.flatMap(NotedBackup::manifest).equals(head.map(HeadContent::manifest));
    if (!isNoted && noteAsRead(notes, storage, keys, head.get())) {
      return new PreviousBackup(
          notes, keys, Note.BASE, NotedBackup.scan(notes, keys.setName(), Note.BASE));
    }
    return new PreviousBackup(notes, keys, Note.LAST, last);
  }

  /** Notes what the manifest says; false where it is damaged, which the next backup mends. */
  private static boolean noteAsRead(
      BackupNotes notes, BackupStorage storage, BackupKeys keys, HeadContent head)
      throws IOException {
    try (RunNotes base =
        new RunNotes(
            notes.write(keys.setName(), Note.BASE),
            keys.setName(),
            head.manifest().backupNumber())) {
      ManifestReader read =
          new StoredBackup(storage, keys).read(head, entry -> base.add(asRead(entry)));
      List<StoredObject> objects = read.objects();
      for (int index = 0; index < objects.size(); index++) {
        base.durable(index, objects.get(index));
      }
      return true;
    } catch (DamagedBackup damaged) {
      return false;
    }
  }

  private static NotedEntry asRead(ManifestEntry entry) {
    return entry instanceof ManifestEntry.FileEntry file
        ? new NotedEntry(file, Optional.of(StampRule.unknown(file.sizeBytes(), file.modifiedAt())))
        : new NotedEntry(entry, Optional.empty());
  }

  /** Says which of its objects can be referred to again. */
  void among(ProviderObjects stored) {
    noted.ifPresent(backup -> usable = stored.whole(backup, keys));
  }

  Optional<NotedBackup> noted() {
    return noted;
  }

  /** Goes through its entries. */
  NoteCursor cursor() throws IOException {
    return NoteCursor.over(noted.isPresent() ? notes.read(keys.setName(), note) : Optional.empty());
  }

  /** The object that an index of its entries means, if it can be referred to again. */
  Optional<StoredObject> usable(int index) {
    return noted
        .flatMap(backup -> backup.object(index))
        .filter(object -> usable.contains(object.id()));
  }

  /** Whether another file system was mounted there. */
  boolean wasMountPoint(BackupPath path) {
    return noted.isPresent() && noted.get().mountPoints().contains(path);
  }

  /** Whether another file system was mounted somewhere below. */
  boolean heldMountPoint(BackupPath path) {
    return aboveMounts.contains(path);
  }

  private static Set<BackupPath> above(Set<BackupPath> mountPoints) {
    Set<BackupPath> found = new HashSet<>();
    for (BackupPath path : mountPoints) {
      for (Optional<BackupPath> up = path.parent(); up.isPresent(); up = up.get().parent()) {
        found.add(up.get());
      }
    }
    return found;
  }
}
