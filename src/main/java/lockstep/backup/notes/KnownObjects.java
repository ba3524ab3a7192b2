package lockstep.backup.notes;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import lockstep.backup.notes.BackupNotes.Note;
import lockstep.format.ObjectId;
import lockstep.format.SetName;
import lockstep.spec.Implements;

/**
 * The objects that this device knows to be garbage once a new head stands, unless its manifest
 * refers to them: what manifests that it read refer to, and what its own runs began to store, noted
 * before it is stored. It outlives interrupted runs, and ends with the removal.
 *
 * <p>Anything else in the set may be another device's, and is not touched.
 */
@Implements({"BAK-17", "BAK-13~2"})
public final class KnownObjects implements AutoCloseable {

  private final BackupNotes notes;
  private final SetName set;
  private final Set<ObjectId> ids;
  private final NoteWriter writer;

  private KnownObjects(BackupNotes notes, SetName set, Set<ObjectId> ids, NoteWriter writer) {
    this.notes = notes;
    this.set = set;
    this.ids = ids;
    this.writer = writer;
  }

  /** What is known from before, to be added to. */
  public static KnownObjects open(BackupNotes notes, SetName set) throws IOException {
    Set<ObjectId> ids = recall(notes, set);
    return new KnownObjects(notes, set, ids, writeAnew(notes, set, ids));
  }

  private static NoteWriter writeAnew(BackupNotes notes, SetName set, Set<ObjectId> ids)
      throws IOException {
    NoteWriter writer = new NoteWriter(notes.write(set, Note.KNOWN_AGAIN));
    try {
      writer.add(new NoteRecord.Header(set, 0));
      for (ObjectId id : ids) {
        writer.add(new NoteRecord.Known(id));
      }
      writer.sync();
      notes.rename(set, Note.KNOWN_AGAIN, Note.KNOWN);
      return writer;
    } catch (IOException | RuntimeException failed) {
      writer.close();
      throw failed;
    }
  }

  private static Set<ObjectId> recall(BackupNotes notes, SetName set) throws IOException {
    Set<ObjectId> ids = new HashSet<>();
    Optional<InputStream> stream = notes.read(set, Note.KNOWN);
    if (stream.isPresent()) {
      try (NoteReader reader = new NoteReader(stream.get())) {
        for (Optional<NoteRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
          if (next.get() instanceof NoteRecord.Known known) {
            ids.add(known.id());
          }
        }
      }
    }
    return ids;
  }

  /** Notes an object; the operating system has the note when this returns. */
  public synchronized void add(ObjectId id) throws IOException {
    if (ids.add(id)) {
      writer.add(new NoteRecord.Known(id));
      writer.flush();
    }
  }

  /** Makes the notes durable. */
  public synchronized void sync() throws IOException {
    writer.sync();
  }

  public Set<ObjectId> ids() {
    return ids;
  }

  /** Forgets those that are removed, and keeps the others for a later time; the last call. */
  public synchronized void retain(Predicate<ObjectId> others) throws IOException {
    ids.removeIf(id -> !others.test(id));
    if (ids.isEmpty()) {
      notes.erase(set, Note.KNOWN);
      return;
    }
    writeAnew(notes, set, ids).close();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
