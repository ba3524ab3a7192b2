package lockstep.backup.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.store.Workers;
import lockstep.format.BackupPath;
import lockstep.format.ManifestEntry;
import lockstep.format.Segment;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Makes the tree of a backup whose manifest was checked: files, then links and attributes. What the
 * target refuses is named, with its reason, and the rest is made.
 */
@Decides({"RST-3~2", "RST-4"})
@Implements({"RST-9~2", "RST-21"})
final class TreeBuilder {

  private static final int THREADS = 12;
  private static final int WAITING = 24;

  private final RestoreContext context;
  private final TargetTree target;

  /** The directory that the target refused last; what lies in it is passed over. */
  private Optional<BackupPath> refused = Optional.empty();

  private final Set<BackupPath> refusedDirectories = new HashSet<>();

  TreeBuilder(RestoreContext context, TargetTree target) {
    this.context = context;
    this.target = target;
  }

  /** The tree is complete and durable when this returns. */
  void build() throws IOException {
    try (Workers workers = new Workers(THREADS, WAITING);
        PackShelf shelf = new PackShelf(context, target)) {
      context.backup().read(context.head(), entry -> make(entry, shelf, workers));
      workers.drain();
      refused = Optional.empty();
      finishDirectories(workers);
      workers.drain();
    }
    context.shortfalls().refuseIfNothingWasMade();
  }

  private void make(ManifestEntry entry, PackShelf shelf, Workers workers) throws IOException {
    if (isBelowRefused(entry)) {
      context.shortfalls().lost(entry);
    } else if (entry instanceof ManifestEntry.DirectoryEntry directory) {
      try {
        target.makeDirectory(directory.path());
      } catch (TargetFull full) {
        throw full;
      } catch (IOException refusal) {
        refused = Optional.of(directory.path());
        refusedDirectories.add(directory.path());
        context.shortfalls().notMade(directory.path(), refusal);
        context.shortfalls().lost(directory);
      }
    } else if (entry instanceof ManifestEntry.FileEntry file) {
      makeFile(file, shelf, workers);
    }
  }

  private void makeFile(ManifestEntry.FileEntry entry, PackShelf shelf, Workers workers)
      throws IOException {
    TargetTree.TargetFile made;
    try {
      made = target.makeFile(entry.path());
    } catch (TargetFull full) {
      throw full;
    } catch (IOException refusal) {
      context.shortfalls().notMade(entry.path(), refusal);
      context.shortfalls().lost(entry);
      return;
    }
    FileAssembly assembly = new FileAssembly(entry, target, made, context);
    long position = 0;
    for (Segment segment : entry.segments()) {
      long at = position;
      if (context.survey().bytesAsked(segment.objectIndex()) == segment.lengthBytes()) {
        assembly.expectOneMore();
        workers.submit(() -> assembly.copyFrom(segment, at));
      } else {
        shelf.copy(segment, assembly, at);
        context.progress().advanced(segment.lengthBytes());
      }
      position += segment.lengthBytes();
    }
    workers.submit(assembly::done);
  }

  /** Makes the links; a directory gets its attributes when nothing more is made in it. */
  private void finishDirectories(Workers workers) throws IOException {
    Deque<ManifestEntry.DirectoryEntry> open = new ArrayDeque<>();
    context
        .backup()
        .read(
            context.head(),
            entry -> {
              BackupPath parent = entry.path().parent().orElse(null);
              while (!open.isEmpty() && !open.getLast().path().equals(parent)) {
                finish(open.removeLast(), workers);
              }
              finishOrLink(entry, open);
            });
    while (!open.isEmpty()) {
      finish(open.removeLast(), workers);
    }
  }

  private void finishOrLink(ManifestEntry entry, Deque<ManifestEntry.DirectoryEntry> open)
      throws IOException {
    if (isBelowRefused(entry)) {
      return;
    }
    if (entry instanceof ManifestEntry.DirectoryEntry directory) {
      if (refusedDirectories.contains(directory.path())) {
        refused = Optional.of(directory.path());
      } else {
        open.addLast(directory);
      }
    } else if (entry instanceof ManifestEntry.LinkEntry link) {
      try {
        context
            .shortfalls()
            .unkept(link.path(), target.makeLink(link.path(), link.target(), link.modifiedAt()));
      } catch (TargetFull full) {
        throw full;
      } catch (IOException refusal) {
        context.shortfalls().notMade(link.path(), refusal);
        context.shortfalls().lost(link);
      }
    }
  }

  private boolean isBelowRefused(ManifestEntry entry) {
    return refused.filter(directory -> entry.path().isBelow(directory)).isPresent();
  }

  private void finish(ManifestEntry.DirectoryEntry directory, Workers workers) throws IOException {
    TargetTree.PendingSync pending =
        target.finishDirectory(directory.path(), directory.mode(), directory.modifiedAt());
    workers.submit(() -> context.shortfalls().unkept(directory.path(), pending.sync()));
  }
}
