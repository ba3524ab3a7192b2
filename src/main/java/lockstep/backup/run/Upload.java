package lockstep.backup.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.backup.notes.FileStamp;
import lockstep.backup.notes.KnownContent;
import lockstep.backup.notes.NotedEntry;
import lockstep.backup.notes.PastNotes;
import lockstep.backup.notes.RunNotes;
import lockstep.backup.store.ObjectUpload;
import lockstep.backup.store.Progress;
import lockstep.backup.store.Workers;
import lockstep.format.BackupPath;
import lockstep.format.ManifestEntry;
import lockstep.format.Segment;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** Walks the source: takes over what has not changed, uploads the rest, and notes every entry. */
@Decides({"MAN-7", "BAK-7~3"})
@Implements({"BAK-4", "BAK-5", "BAK-6", "MAN-8", "MAN-9"})
final class Upload {

  /** The longest file that is backed up, 4 TiB. */
  static final long MAX_FILE_BYTES = 1L << 42;

  private final PastNotes past;
  private final PreviousBackup previous;
  private final RunNotes notes;
  private final ObjectUpload objects;
  private final Packer packer;
  private final Workers workers;
  private final StampRule stamps;
  private final Tally tally;
  private final Progress progress;
  private final boolean acceptsChanges;
  private Optional<BackupPath> unmountedDirectory = Optional.empty();

  Upload(
      PastNotes past,
      PreviousBackup previous,
      RunNotes notes,
      ObjectUpload objects,
      Packer packer,
      Workers workers,
      StampRule stamps,
      Tally tally,
      Progress progress,
      boolean acceptsChanges) {
    this.past = past;
    this.previous = previous;
    this.notes = notes;
    this.objects = objects;
    this.packer = packer;
    this.workers = workers;
    this.stamps = stamps;
    this.tally = tally;
    this.progress = progress;
    this.acceptsChanges = acceptsChanges;
  }

  /** Everything is durable at the provider, but for the objects' names, when this returns. */
  @Implements("BAK-1~2")
  void run(SourceTree source) throws IOException {
    try (SourceTree.Walk walk = source.walk()) {
      for (Optional<SourceEntry> next = walk.next(); next.isPresent(); next = walk.next()) {
        take(next.get());
      }
      packer.flush();
      workers.drain();
    }
    notes.flush();
  }

  private void take(SourceEntry entry) throws IOException {
    if (entry instanceof SourceEntry.LeftOut leftOut) {
      leaveOut(leftOut);
    } else if (entry instanceof SourceEntry.Directory found && !isUnmounted(found.path())) {
      takeDirectory(found);
    } else if (entry instanceof SourceEntry.Link found && !isUnmounted(found.path())) {
      notes.add(
          unstamped(new ManifestEntry.LinkEntry(found.path(), found.modifiedAt(), found.target())));
    } else if (entry instanceof SourceEntry.RegularFile file) {
      takeFile(file);
    }
  }

  private void leaveOut(SourceEntry.LeftOut leftOut) throws IOException {
    if (leftOut.unread().isEmpty()) {
      tally.omit(leftOut.omission());
    } else if (!isUnmounted(leftOut.unread().get())) {
      missed(leftOut.unread().get(), leftOut.omission().reason());
    }
  }

  /** A directory at which something was mounted, and is not: what was there is kept instead. */
  @Implements("BAK-21")
  private void takeDirectory(SourceEntry.Directory found) throws IOException {
    boolean unmounted =
        !acceptsChanges && !found.mountPoint() && previous.wasMountPoint(found.path());
    notes.add(
        new NotedEntry(
            new ManifestEntry.DirectoryEntry(found.path(), found.mode(), found.modifiedAt()),
            Optional.empty(),
            unmounted || found.mountPoint()));
    if (unmounted) {
      missed(found.path(), Omission.Reason.NOT_MOUNTED);
      unmountedDirectory = Optional.of(found.path());
    }
  }

  private boolean isUnmounted(BackupPath path) {
    return unmountedDirectory.filter(directory -> path.isBelow(directory)).isPresent();
  }

  /** Names what cannot be read, and asks for its state in the previous backup. */
  @Implements("BAK-21")
  private void missed(BackupPath path, Omission.Reason reason) throws IOException {
    tally.omit(path, reason);
    notes.missed(path);
  }

  private void takeFile(SourceEntry.RegularFile file) throws IOException {
    if (isUnmounted(file.path())) {
      return;
    }
    long size = file.stamp().sizeBytes();
    if (size == 0) {
      takeEmpty(file);
      return;
    }
    if (size < 0 || size > MAX_FILE_BYTES) {
      missed(file.path(), Omission.Reason.TOO_LARGE);
      return;
    }
    Optional<KnownContent> known = past.find(file.path(), file.stamp());
    if (known.isPresent() && known.get().isWhole()) {
      notes.add(fileEntry(file, file.stamp(), takeOver(known.get())));
      progress.advanced(size);
      progress.fileDone();
    } else if (size <= Packer.PACK_BYTES) {
      Optional<Omission.Reason> failed = packer.add(file, stamps);
      if (failed.isPresent()) {
        missed(file.path(), failed.get());
      }
    } else {
      takeLarge(file, known);
    }
  }

  /** A file system that says 0 of what has content would have it stored empty. */
  private void takeEmpty(SourceEntry.RegularFile file) throws IOException {
    if (past.find(file.path(), file.stamp()).isEmpty()) {
      try (SourceFile opened = file.opening().open()) {
        if (SourceFailure.goesOn(opened, 0)) {
          SourceFile.Sameness sameness = opened.sameness();
          if (sameness != SourceFile.Sameness.CHANGED) {
            missed(
                file.path(),
                sameness == SourceFile.Sameness.SAME
                    ? Omission.Reason.SIZE_UNKNOWN
                    : Omission.Reason.GONE_WHILE_READ);
            return;
          }
          tally.omit(file.path(), Omission.Reason.CHANGED_WHILE_READ);
        }
      } catch (IOException unreadable) {
        missed(file.path(), Omission.Reason.UNREADABLE);
        return;
      }
    }
    notes.add(fileEntry(file, file.stamp(), List.of()));
    progress.fileDone();
  }

  private void takeLarge(SourceEntry.RegularFile file, Optional<KnownContent> known)
      throws IOException {
    FileStamp stampToNote = stamps.toNote(file.stamp());
    SourceFile opened;
    try {
      opened = file.opening().open();
    } catch (IOException unreadable) {
      missed(file.path(), Omission.Reason.UNREADABLE);
      return;
    }
    new LargeFile(file, opened, objects, notes, tally, progress)
        .submit(known, stampToNote, workers);
  }

  private List<Segment> takeOver(KnownContent known) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (KnownContent.Piece piece : known.pieces()) {
      int index = notes.takeOver(piece.object().orElseThrow());
      segments.add(new Segment(index, piece.offset(), piece.lengthBytes()));
    }
    return segments;
  }

  private static NotedEntry unstamped(ManifestEntry entry) {
    return new NotedEntry(entry, Optional.empty());
  }

  static NotedEntry fileEntry(
      SourceEntry.RegularFile file, FileStamp stamp, List<Segment> segments) {
    ManifestEntry entry =
        new ManifestEntry.FileEntry(
            file.path(), file.mode(), stamp.modifiedAt(), stamp.sizeBytes(), segments);
    return new NotedEntry(entry, Optional.of(stamp));
  }
}
