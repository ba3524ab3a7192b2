package lockstep.backup.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import lockstep.backup.notes.NoteCursor;
import lockstep.backup.notes.NoteReader;
import lockstep.backup.notes.NoteRecord;
import lockstep.backup.notes.NotedEntry;
import lockstep.format.BackupPath;
import lockstep.format.ManifestEntry;
import lockstep.format.Segment;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * Goes through what a run noted and what the previous backup holds, side by side in the order of
 * paths: takes from the previous backup what the run could not read, and counts what is gone.
 */
@Implements({"BAK-20", "BAK-21"})
final class Succession {

  private final PreviousBackup previous;
  private final NoteCursor earlier;
  private final Tally tally;
  private final boolean acceptsChanges;
  private final Taker taker;

  /** The directories around what was handed on last, which are in the next backup. */
  private final Deque<BackupPath> open = new ArrayDeque<>();

  /** What could not be read; what the previous backup holds there and below is kept. */
  private @Nullable BackupPath unread;

  private boolean somethingKept;
  private boolean somethingLost;
  private long entries;
  private long earlierFiles;
  private long earlierBytes;
  private long lostFiles;
  private long lostBytes;

  /** Takes the next backup's entries in order. */
  interface Taker {

    /** An entry that the run noted. */
    void found(NotedEntry entry) throws IOException;

    /** An entry of the previous backup. */
    void kept(NotedEntry entry) throws IOException;
  }

  Succession(
      PreviousBackup previous,
      NoteCursor earlier,
      Tally tally,
      boolean acceptsChanges,
      Taker taker) {
    this.previous = previous;
    this.earlier = earlier;
    this.tally = tally;
    this.acceptsChanges = acceptsChanges;
    this.taker = taker;
  }

  /** Goes through both to the end. */
  void over(NoteReader run) throws IOException {
    for (Optional<NoteRecord> next = run.next(); next.isPresent(); next = run.next()) {
      if (next.get() instanceof NoteRecord.Entry entry) {
        found(entry.noted());
      } else if (next.get() instanceof NoteRecord.Missed missed) {
        missed(missed.path());
      }
    }
    passEarlier(null);
    endUnread();
  }

  /** What is to be asked about, if anything is. */
  Optional<SourceChange> change() {
    boolean nothing = entries == 0 && (earlierFiles > 0 || previous.noted().isEmpty());
    boolean most = 2 * lostFiles > earlierFiles || lostBytes > earlierBytes - lostBytes;
    if (!nothing && !most) {
      return Optional.empty();
    }
    SourceChange.Kind kind = nothing ? SourceChange.Kind.EMPTY : SourceChange.Kind.MOST_IS_GONE;
    return Optional.of(new SourceChange(kind, earlierFiles, earlierBytes, lostFiles, lostBytes));
  }

  private void found(NotedEntry entry) throws IOException {
    BackupPath path = entry.entry().path();
    if (tally.isWithdrawn(path)) {
      missed(path);
      return;
    }
    passEarlier(path);
    if (isAt(path)) {
      compare(entry.entry(), earlier.current().orElseThrow().entry());
      earlier.advance();
    }
    isInOpenDirectory(path);
    handOn(entry, false);
  }

  private void missed(BackupPath path) throws IOException {
    passEarlier(path);
    begin(path);
    if (isAt(path)) {
      keep(earlier.current().orElseThrow());
      earlier.advance();
    }
  }

  private void begin(BackupPath path) {
    endUnread();
    unread = path;
    somethingKept = false;
    somethingLost = false;
  }

  private void endUnread() {
    if (unread != null && somethingKept && !somethingLost) {
      tally.keptAsBefore(unread);
    }
    unread = null;
  }

  /** Takes or gives up what the previous backup holds before {@code path}; all where it is null. */
  private void passEarlier(@Nullable BackupPath path) throws IOException {
    for (Optional<NotedEntry> at = earlier.current();
        at.isPresent() && (path == null || at.get().entry().path().compareTo(path) < 0);
        at = earlier.current()) {
      pass(at.get());
      earlier.advance();
    }
  }

  private void pass(NotedEntry entry) throws IOException {
    BackupPath path = entry.entry().path();
    if (unread != null && path.isBelow(unread)) {
      keep(entry);
    } else if (!acceptsChanges && entry.mountPoint()) {
      tally.omit(path, Omission.Reason.NOT_MOUNTED);
      begin(path);
      keep(entry);
    } else if (acceptsChanges || !previous.heldMountPoint(path) || !isInOpenDirectory(path)) {
      lose(entry.entry());
    } else {
      handOn(entry, true);
    }
  }

  /** What lies in objects that the provider lost, or in no directory any more, is not kept. */
  private void keep(NotedEntry entry) throws IOException {
    if (isInOpenDirectory(entry.entry().path()) && isUsable(entry.entry())) {
      somethingKept = true;
      count(entry.entry());
      handOn(entry, true);
    } else {
      somethingLost = true;
      lose(entry.entry());
    }
  }

  private boolean isUsable(ManifestEntry entry) {
    return !(entry instanceof ManifestEntry.FileEntry file)
        || file.segments().stream()
            .map(Segment::objectIndex)
            .allMatch(index -> previous.usable(index).isPresent());
  }

  private void handOn(NotedEntry entry, boolean kept) throws IOException {
    entries++;
    if (entry.entry() instanceof ManifestEntry.DirectoryEntry directory) {
      open.addLast(directory.path());
    }
    if (kept) {
      taker.kept(entry);
    } else {
      taker.found(entry);
    }
  }

  /** Whether the directory that the path lies in is in the next backup; closes those passed. */
  private boolean isInOpenDirectory(BackupPath path) {
    Optional<BackupPath> parent = path.parent();
    while (!open.isEmpty() && !path.isBelow(open.getLast())) {
      open.removeLast();
    }
    return parent.equals(Optional.ofNullable(open.peekLast()));
  }

  private boolean isAt(BackupPath path) {
    return earlier.current().filter(at -> at.entry().path().equals(path)).isPresent();
  }

  private void compare(ManifestEntry now, ManifestEntry before) {
    count(before);
    if (before instanceof ManifestEntry.FileEntry file) {
      long bytes = now instanceof ManifestEntry.FileEntry found ? found.sizeBytes() : 0;
      lostBytes += Math.max(0, file.sizeBytes() - bytes);
      if (!(now instanceof ManifestEntry.FileEntry) || (bytes == 0 && file.sizeBytes() > 0)) {
        lostFiles++;
      }
    }
  }

  private void lose(ManifestEntry before) {
    count(before);
    if (before instanceof ManifestEntry.FileEntry file) {
      lostFiles++;
      lostBytes += file.sizeBytes();
    }
  }

  private void count(ManifestEntry before) {
    if (before instanceof ManifestEntry.FileEntry file) {
      earlierFiles++;
      earlierBytes += file.sizeBytes();
    }
  }
}
