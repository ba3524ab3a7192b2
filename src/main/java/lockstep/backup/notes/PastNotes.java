package lockstep.backup.notes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.notes.BackupNotes.Note;
import lockstep.format.BackupKeys;
import lockstep.format.BackupPath;
import lockstep.format.HeadContent;
import lockstep.format.ManifestEntry;
import lockstep.format.ObjectId;
import lockstep.format.Segment;
import lockstep.format.SetName;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** What earlier runs noted, asked for path by path in the order of the walk. */
@Decides({"BAK-6", "BAK-14~3"})
@Implements({"BAK-4", "BAK-5", "BAK-22"})
public final class PastNotes implements AutoCloseable {

  private final List<Layer> layers = new ArrayList<>();

  /** One note: its entries, its objects, and which of these may be used again. */
  private record Layer(NoteCursor cursor, NotedBackup backup, Set<ObjectId> usable) {}

  /**
   * The newest head's backup, where another device made it. What it does not name of the backups
   * before it, that device may be removing right now.
   */
  public record OthersBackup(long backupNumber, Set<ObjectId> objects) {

    /** Whether nobody else removes the object: it is named, or made since by a run of its own. */
    boolean leaves(StoredObject object) {
      return objects.contains(object.id()) || object.backupNumber() >= backupNumber;
    }
  }

  private PastNotes() {}

  /**
   * Puts the notes in order before a run: a head that stands makes NEXT the LAST one, and what
   * interrupted runs left becomes one.
   */
  @Implements("BAK-13~2")
  public static void settle(BackupNotes notes, SetName set, Optional<HeadContent> head)
      throws IOException {
    Optional<StoredObject> next =
        NotedBackup.scan(notes, set, Note.NEXT).flatMap(NotedBackup::manifest);
    if (next.isPresent() && next.equals(head.map(HeadContent::manifest))) {
      notes.rename(set, Note.NEXT, Note.LAST);
      notes.erase(set, Note.RUN);
      notes.erase(set, Note.EARLIER);
    }
    notes.erase(set, Note.NEXT);
    Optional<NotedBackup> run = NotedBackup.scan(notes, set, Note.RUN);
    Optional<NotedBackup> earlier = NotedBackup.scan(notes, set, Note.EARLIER);
    if (run.isPresent() && earlier.isPresent()) {
      merge(notes, set, run.get(), earlier.get());
      notes.rename(set, Note.MERGED, Note.EARLIER);
      notes.erase(set, Note.RUN);
    } else if (run.isPresent()) {
      notes.rename(set, Note.RUN, Note.EARLIER);
    }
  }

  /**
   * Opens the notes.
   *
   * @param stored what the provider has that can be used again
   * @param others said where the newest head is not this device's
   */
  public static PastNotes open(
      BackupNotes notes, BackupKeys keys, ProviderObjects stored, Optional<OthersBackup> others)
      throws IOException {
    PastNotes past = new PastNotes();
    for (Note note : List.of(Note.EARLIER, Note.LAST)) {
      Optional<NotedBackup> backup = NotedBackup.scan(notes, keys.setName(), note);
      if (backup.isPresent()) {
        Set<ObjectId> usable = stored.whole(backup.get(), keys);
        if (note == Note.LAST) {
          usable.removeAll(backup.get().fragmented());
          others.ifPresent(newest -> usable.retainAll(newest.objects()));
        } else if (others.isPresent()) {
          for (StoredObject object : backup.get().objects()) {
            if (!others.get().leaves(object)) {
              usable.remove(object.id());
            }
          }
        }
        NoteCursor cursor = NoteCursor.over(notes.read(keys.setName(), note));
        past.layers.add(new Layer(cursor, backup.get(), usable));
      }
    }
    return past;
  }

  /** What is known of the file, when its stamp is the one that was noted. */
  public Optional<KnownContent> find(BackupPath path, FileStamp stamp) throws IOException {
    Optional<KnownContent> best = Optional.empty();
    for (Layer layer : layers) {
      Optional<NotedEntry> noted = layer.cursor().find(path);
      if (noted.isPresent()
          && noted.get().stamp().equals(Optional.of(stamp))
          && noted.get().entry() instanceof ManifestEntry.FileEntry file) {
        KnownContent known = resolve(file, layer);
        if (known.isWhole()) {
          return Optional.of(known);
        }
        best = best.isPresent() ? best : Optional.of(known);
      }
    }
    return best;
  }

  @Override
  public void close() throws IOException {
    for (Layer layer : layers) {
      layer.cursor().close();
    }
  }

  private static KnownContent resolve(ManifestEntry.FileEntry file, Layer layer) {
    List<KnownContent.Piece> pieces = new ArrayList<>();
    for (Segment segment : file.segments()) {
      Optional<StoredObject> object =
          layer
              .backup()
              .object(segment.objectIndex())
              .filter(found -> layer.usable().contains(found.id()));
      pieces.add(new KnownContent.Piece(object, segment.offset(), segment.lengthBytes()));
    }
    return new KnownContent(pieces);
  }

  private static void merge(BackupNotes notes, SetName set, NotedBackup run, NotedBackup earlier)
      throws IOException {
    try (NoteCursor newer = NoteCursor.over(notes.read(set, Note.RUN));
        NoteCursor older = NoteCursor.over(notes.read(set, Note.EARLIER));
        RunNotes merged = new RunNotes(notes.write(set, Note.MERGED), set, 0, Integer.MAX_VALUE)) {
      while (newer.current().isPresent() || older.current().isPresent()) {
        int order = compare(newer, older);
        NoteCursor first = order <= 0 ? newer : older;
        copy(first.current().orElseThrow(), order <= 0 ? run : earlier, merged);
        if (order == 0) {
          older.advance();
        }
        first.advance();
      }
      merged.sync();
    }
  }

  private static int compare(NoteCursor newer, NoteCursor older) {
    if (newer.current().isEmpty()) {
      return 1;
    }
    if (older.current().isEmpty()) {
      return -1;
    }
    return newer.current().get().entry().path().compareTo(older.current().get().entry().path());
  }

  /** Copies a file of which something is durable; what is not keeps an index of its own. */
  private static void copy(NotedEntry noted, NotedBackup from, RunNotes to) throws IOException {
    if (!(noted.entry() instanceof ManifestEntry.FileEntry file)
        || file.segments().stream().allMatch(s -> from.object(s.objectIndex()).isEmpty())) {
      return;
    }
    List<Segment> segments = new ArrayList<>();
    for (Segment segment : file.segments()) {
      Optional<StoredObject> object = from.object(segment.objectIndex());
      int index = object.isPresent() ? to.takeOver(object.get()) : to.reserve();
      segments.add(new Segment(index, segment.offset(), segment.lengthBytes()));
    }
    to.add(
        new NotedEntry(
            new ManifestEntry.FileEntry(
                file.path(), file.mode(), file.modifiedAt(), file.sizeBytes(), segments),
            noted.stamp()));
  }
}
