package lockstep.backup.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.notes.BackupNotes.Note;
import lockstep.backup.notes.NoteCursor;
import lockstep.backup.notes.NoteReader;
import lockstep.backup.notes.NotedBackup;
import lockstep.backup.notes.NotedEntry;
import lockstep.backup.notes.RunNotes;
import lockstep.backup.notes.SourceIdentity;
import lockstep.backup.store.ObjectUpload;
import lockstep.format.BackupKeys;
import lockstep.format.ManifestEntry;
import lockstep.format.ManifestHeader;
import lockstep.format.ManifestWriter;
import lockstep.format.ObjectKind;
import lockstep.format.Segment;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/** Turns the notes of a run that has come through into the next backup's notes and manifest. */
@Implements({"BAK-1~2", "BAK-13~2"})
final class NextBackup implements AutoCloseable {

  private final BackupNotes notes;
  private final BackupKeys keys;
  private final ManifestHeader header;
  private final RunNotes next;
  private final List<StoredObject> objects = new ArrayList<>();
  private long files;
  private long directories;
  private long links;
  private long fileBytes;

  NextBackup(BackupNotes notes, BackupKeys keys, ManifestHeader header) throws IOException {
    this.notes = notes;
    this.keys = keys;
    this.header = header;
    this.next =
        new RunNotes(notes.write(keys.setName(), Note.NEXT), keys.setName(), header.backupNumber());
  }

  /**
   * Writes NEXT from what the run noted, and from the previous backup what it could not read.
   *
   * @return how the source differs from that one, where the user is to be asked
   */
  @Implements({"BAK-20", "BAK-21"})
  Optional<SourceChange> collect(
      Optional<SourceIdentity> source, PreviousBackup previous, Tally tally, boolean acceptsChanges)
      throws IOException {
    if (source.isPresent()) {
      next.add(source.get());
    }
    NotedBackup run =
        NotedBackup.scan(notes, keys.setName(), Note.RUN)
            .orElseThrow(() -> new IOException("the notes of the run are gone"));
    try (NoteCursor earlier = previous.cursor();
        NoteReader noted =
            new NoteReader(
                notes
                    .read(keys.setName(), Note.RUN)
                    .orElseThrow(() -> new IOException("the notes of the run are gone")))) {
      Succession succession =
          new Succession(previous, earlier, tally, acceptsChanges, taker(run, previous));
      succession.over(noted);
      next.flush();
      return succession.change();
    }
  }

  private Succession.Taker taker(NotedBackup run, PreviousBackup previous) {
    return new Succession.Taker() {
      @Override
      public void found(NotedEntry entry) throws IOException {
        next.add(renumbered(entry, run::object));
      }

      @Override
      public void kept(NotedEntry entry) throws IOException {
        next.add(renumbered(entry, previous::usable));
      }
    };
  }

  /** Stores the manifest and notes it in NEXT; both are durable but for names. */
  StoredObject store(ObjectUpload upload) throws IOException {
    StoredObject manifest = upload.store(ObjectKind.MANIFEST, this::writeManifest);
    next.add(manifest);
    next.sync();
    return manifest;
  }

  @Override
  public void close() throws IOException {
    next.close();
  }

  List<StoredObject> objects() {
    return objects;
  }

  BackupOutcome.Stats stats(Tally tally) {
    return new BackupOutcome.Stats(
        files,
        directories,
        links,
        fileBytes,
        tally.filesUploaded(),
        tally.bytesUploaded(),
        tally.objectsUploaded());
  }

  /** The same entry with indexes into the next table, which holds only what is referred to. */
  private NotedEntry renumbered(NotedEntry noted, IntFunction<Optional<StoredObject>> table)
      throws IOException {
    if (!(noted.entry() instanceof ManifestEntry.FileEntry file)) {
      count(noted.entry());
      return noted;
    }
    files++;
    fileBytes += file.sizeBytes();
    List<Segment> segments = new ArrayList<>();
    for (Segment segment : file.segments()) {
      StoredObject object =
          table
              .apply(segment.objectIndex())
              .orElseThrow(() -> new IOException("the notes of the run are incomplete"));
      int index = next.takeOver(object);
      if (index == objects.size()) {
        objects.add(object);
      }
      segments.add(new Segment(index, segment.offset(), segment.lengthBytes()));
    }
    return new NotedEntry(
        new ManifestEntry.FileEntry(
            file.path(), file.mode(), file.modifiedAt(), file.sizeBytes(), segments),
        noted.stamp());
  }

  private void count(ManifestEntry entry) {
    if (entry instanceof ManifestEntry.DirectoryEntry) {
      directories++;
    } else {
      links++;
    }
  }

  private void writeManifest(OutputStream sink) throws IOException {
    ManifestWriter writer = new ManifestWriter(sink, header);
    try (NoteCursor cursor = NoteCursor.over(notes.read(keys.setName(), Note.NEXT))) {
      for (Optional<NotedEntry> noted = cursor.current();
          noted.isPresent();
          noted = cursor.current()) {
        writer.add(noted.get().entry());
        cursor.advance();
      }
    }
    writer.finish(objects);
  }
}
