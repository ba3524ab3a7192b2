package lockstep.backup.restore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import lockstep.backup.store.BackupSurvey;
import lockstep.backup.store.Progress;
import lockstep.backup.store.StoredBackup;
import lockstep.format.ManifestEntry;
import lockstep.format.ObjectKind;
import lockstep.format.Segment;
import lockstep.spec.Implements;

/** One file of the target being put together by several tasks; the last one finishes it. */
@Implements({"RST-1~1", "RST-9~1", "OBJ-8~1"})
final class FileAssembly {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final ManifestEntry.FileEntry entry;
  private final TargetTree.TargetFile file;
  private final Progress progress;

  /** One for the task that ends the assembly, one for each object that is copied by itself. */
  private final AtomicInteger users = new AtomicInteger(1);

  FileAssembly(ManifestEntry.FileEntry entry, TargetTree.TargetFile file, Progress progress) {
    this.entry = entry;
    this.file = file;
    this.progress = progress;
  }

  TargetTree.TargetFile file() {
    return file;
  }

  void expectOneMore() {
    users.incrementAndGet();
  }

  /** Copies a segment of an object that no other file shares, and reads the object to its end. */
  void copyFrom(StoredBackup backup, BackupSurvey survey, Segment segment, long position)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream content = backup.open(ObjectKind.DATA, survey.object(segment.objectIndex()))) {
      content.skipNBytes(segment.offset());
      for (long done = 0; done < segment.lengthBytes(); ) {
        int step = (int) Math.min(buffer.length, segment.lengthBytes() - done);
        int given = content.readNBytes(buffer, 0, step);
        if (given < step) {
          throw backup.damaged(survey.object(segment.objectIndex()));
        }
        file.write(position + done, buffer, 0, step);
        progress.advanced(step);
        done += step;
      }
      content.transferTo(OutputStream.nullOutputStream());
    }
    done();
  }

  /** One user is done; after the last the file has its mode and time and is durable. */
  void done() throws IOException {
    if (users.decrementAndGet() > 0) {
      return;
    }
    try (file) {
      file.finish(entry.mode(), entry.modifiedAt());
    }
    progress.fileDone();
  }
}
