package lockstep.backup.notes;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lockstep.format.BackupPath;
import lockstep.format.ManifestEntry;
import lockstep.format.ObjectId;
import lockstep.format.Segment;
import lockstep.format.SetName;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/** What one pass over a note finds: its objects, how much of each is in use, and its manifest. */
@Implements({"BAK-6", "BAK-13~2"})
public final class NotedBackup {

  private final Map<Integer, StoredObject> objects = new HashMap<>();
  private final Map<Integer, Long> bytesInUse = new HashMap<>();
  private final Set<BackupPath> mountPoints = new HashSet<>();
  private Optional<StoredObject> manifest = Optional.empty();
  private Optional<SourceIdentity> source = Optional.empty();

  private NotedBackup() {}

  /** Nothing when there is no such note, or it is another set's. */
  public static Optional<NotedBackup> scan(BackupNotes notes, SetName set, BackupNotes.Note note)
      throws IOException {
    Optional<InputStream> stream = notes.read(set, note);
    if (stream.isEmpty()) {
      return Optional.empty();
    }
    try (NoteReader reader = new NoteReader(stream.get())) {
      boolean ours =
          reader.next().orElse(null) instanceof NoteRecord.Header header
              && header.set().equals(set);
      return ours ? Optional.of(new NotedBackup().readAll(reader)) : Optional.empty();
    }
  }

  private NotedBackup readAll(NoteReader reader) throws IOException {
    for (Optional<NoteRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
      NoteRecord note = next.get();
      if (note instanceof NoteRecord.Durable durable) {
        objects.put(durable.index(), durable.object());
      } else if (note instanceof NoteRecord.SealedManifest sealed) {
        manifest = Optional.of(sealed.manifest());
      } else if (note instanceof NoteRecord.Source found) {
        source = Optional.of(found.identity());
      } else if (note instanceof NoteRecord.Entry entry && entry.noted().mountPoint()) {
        mountPoints.add(entry.noted().entry().path());
      } else if (note instanceof NoteRecord.Entry entry
          && entry.noted().entry() instanceof ManifestEntry.FileEntry file) {
        for (Segment segment : file.segments()) {
          bytesInUse.merge(segment.objectIndex(), segment.lengthBytes(), Long::sum);
        }
      }
    }
    return this;
  }

  /** The sealed manifest, when the note is complete. */
  public Optional<StoredObject> manifest() {
    return manifest;
  }

  /** The folder that was backed up, where it was noted. */
  public Optional<SourceIdentity> source() {
    return source;
  }

  /** The directories at which other file systems were mounted. */
  public Set<BackupPath> mountPoints() {
    return mountPoints;
  }

  /** The object that an index in this note means, when it was durable. */
  public Optional<StoredObject> object(int index) {
    return Optional.ofNullable(objects.get(index));
  }

  public Iterable<StoredObject> objects() {
    return objects.values();
  }

  /** The objects of which less than half is in use. */
  Set<ObjectId> fragmented() {
    Set<ObjectId> found = new HashSet<>();
    objects.forEach(
        (index, object) -> {
          if (2 * bytesInUse.getOrDefault(index, 0L) < object.contentBytes()) {
            found.add(object.id());
          }
        });
    return found;
  }
}
