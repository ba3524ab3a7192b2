package lockstep.backup.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import lockstep.backup.store.BackupSurvey;
import lockstep.backup.store.Progress;
import lockstep.backup.store.StoredBackup;
import lockstep.backup.store.Workers;
import lockstep.format.BackupPath;
import lockstep.format.HeadContent;
import lockstep.format.ManifestEntry;
import lockstep.format.Segment;
import lockstep.spec.Implements;

/** Makes the tree of a backup whose manifest was checked: files, then links and attributes. */
@Implements({"RST-3~1", "RST-4~1", "RST-9~1"})
final class TreeBuilder {

  private static final int THREADS = 12;
  private static final int WAITING = 24;

  private final StoredBackup backup;
  private final HeadContent head;
  private final BackupSurvey survey;
  private final TargetTree target;
  private final Progress progress;

  TreeBuilder(
      StoredBackup backup,
      HeadContent head,
      BackupSurvey survey,
      TargetTree target,
      Progress progress) {
    this.backup = backup;
    this.head = head;
    this.survey = survey;
    this.target = target;
    this.progress = progress;
  }

  /** The tree is complete and durable when this returns. */
  void build() throws IOException {
    try (Workers workers = new Workers(THREADS, WAITING);
        PackShelf shelf = new PackShelf(backup, survey, target)) {
      backup.read(head, entry -> makeFileOrDirectory(entry, shelf, workers));
      workers.drain();
      finishDirectories(workers);
      workers.drain();
    }
  }

  private void makeFileOrDirectory(ManifestEntry entry, PackShelf shelf, Workers workers)
      throws IOException {
    if (entry instanceof ManifestEntry.DirectoryEntry directory) {
      target.makeDirectory(directory.path());
    } else if (entry instanceof ManifestEntry.FileEntry file) {
      makeFile(file, shelf, workers);
    }
  }

  private void makeFile(ManifestEntry.FileEntry entry, PackShelf shelf, Workers workers)
      throws IOException {
    FileAssembly assembly = new FileAssembly(entry, target.makeFile(entry.path()), progress);
    long position = 0;
    for (Segment segment : entry.segments()) {
      long at = position;
      if (survey.bytesAsked(segment.objectIndex()) == segment.lengthBytes()) {
        assembly.expectOneMore();
        workers.submit(() -> assembly.copyFrom(backup, survey, segment, at));
      } else {
        shelf.copy(segment, assembly.file(), at);
        progress.advanced(segment.lengthBytes());
      }
      position += segment.lengthBytes();
    }
    workers.submit(assembly::done);
  }

  /** Makes the links; a directory gets its attributes when nothing more is made in it. */
  private void finishDirectories(Workers workers) throws IOException {
    Deque<ManifestEntry.DirectoryEntry> open = new ArrayDeque<>();
    backup.read(
        head,
        entry -> {
          BackupPath parent = entry.path().parent().orElse(null);
          while (!open.isEmpty() && !open.getLast().path().equals(parent)) {
            finish(open.removeLast(), workers);
          }
          if (entry instanceof ManifestEntry.DirectoryEntry directory) {
            open.addLast(directory);
          } else if (entry instanceof ManifestEntry.LinkEntry link) {
            target.makeLink(link.path(), link.target(), link.modifiedAt());
          }
        });
    while (!open.isEmpty()) {
      finish(open.removeLast(), workers);
    }
  }

  private void finish(ManifestEntry.DirectoryEntry directory, Workers workers) throws IOException {
    TargetTree.PendingSync pending =
        target.finishDirectory(directory.path(), directory.mode(), directory.modifiedAt());
    workers.submit(pending::sync);
  }
}
