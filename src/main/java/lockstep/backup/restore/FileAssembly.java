package lockstep.backup.restore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.DamagedBackup;
import lockstep.format.ManifestEntry;
import lockstep.format.ObjectKind;
import lockstep.format.Segment;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * One file of the target being put together by several tasks; the last one finishes it, or removes
 * it where the target refused a part of it or, in a salvage, a part of it is damaged.
 */
@Decides({"RST-20", "RST-21"})
@Implements({"RST-1", "RST-9~2", "OBJ-8"})
final class FileAssembly {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final ManifestEntry.FileEntry entry;
  private final TargetTree target;
  private final TargetTree.TargetFile file;
  private final RestoreContext context;

  /** One for the task that ends the assembly, one for each object that is copied by itself. */
  private final AtomicInteger users = new AtomicInteger(1);

  private final AtomicReference<@Nullable Runnable> failure = new AtomicReference<>();

  FileAssembly(
      ManifestEntry.FileEntry entry,
      TargetTree target,
      TargetTree.TargetFile file,
      RestoreContext context) {
    this.entry = entry;
    this.target = target;
    this.file = file;
    this.context = context;
  }

  void expectOneMore() {
    users.incrementAndGet();
  }

  boolean hasFailed() {
    return failure.get() != null;
  }

  /** Writes bytes of the file; what the target refuses ends the assembly, not the restore. */
  void write(long position, byte[] from, int offset, int length) throws IOException {
    if (hasFailed()) {
      return;
    }
    try {
      file.write(position, from, offset, length);
    } catch (TargetFull full) {
      throw full;
    } catch (IOException refused) {
      failure.compareAndSet(null, () -> context.shortfalls().notMade(entry.path(), refused));
    }
  }

  /** Ends the assembly because an object is not whole, where that does not end the restore. */
  void damaged(Segment segment, IOException found) throws IOException {
    context.endUnlessSalvaged(found);
    failure.compareAndSet(
        null,
        () -> context.shortfalls().damaged(entry.path(), context.nameOf(segment.objectIndex())));
  }

  /** Copies a segment of an object that no other file shares, and reads the object to its end. */
  void copyFrom(Segment segment, long position) throws IOException {
    try {
      copy(segment, position);
    } catch (DamagedBackup | ProviderUnavailable notWhole) {
      damaged(segment, notWhole);
    }
    done();
  }

  private void copy(Segment segment, long position) throws IOException {
    if (hasFailed()) {
      return;
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream content = context.open(ObjectKind.DATA, segment.objectIndex())) {
      content.skipNBytes(segment.offset());
      for (long done = 0; done < segment.lengthBytes(); ) {
        int step = (int) Math.min(buffer.length, segment.lengthBytes() - done);
        int given = content.readNBytes(buffer, 0, step);
        if (given < step) {
          throw new DamagedBackup(context.nameOf(segment.objectIndex()));
        }
        write(position + done, buffer, 0, step);
        context.progress().advanced(step);
        done += step;
      }
      content.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** One user is done; after the last the file has its mode and time and is durable, or is gone. */
  void done() throws IOException {
    if (users.decrementAndGet() > 0) {
      return;
    }
    List<Unkept> unkept = List.of();
    try (file) {
      if (!hasFailed()) {
        unkept = file.finish(entry.mode(), entry.modifiedAt());
      }
    } catch (TargetFull full) {
      throw full;
    } catch (IOException refused) {
      failure.compareAndSet(null, () -> context.shortfalls().notMade(entry.path(), refused));
    }
    Runnable failed = failure.get();
    if (failed == null) {
      context.shortfalls().unkept(entry.path(), unkept);
    } else {
      target.dropFile(entry.path());
      context.shortfalls().lost(entry);
      failed.run();
    }
    context.progress().fileDone();
  }
}
