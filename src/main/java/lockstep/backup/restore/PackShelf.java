package lockstep.backup.restore;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import lockstep.backup.store.BackupSurvey;
import lockstep.backup.store.StoredBackup;
import lockstep.format.ObjectKind;
import lockstep.format.Segment;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/**
 * Opens each object that several files share once, checks it whole, and keeps its content in a
 * scratch file until the last of them is made.
 */
@Implements({"RST-1~1", "OBJ-8~1"})
final class PackShelf implements AutoCloseable {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final StoredBackup backup;
  private final BackupSurvey survey;
  private final TargetTree target;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Map<Integer, Shelved> shelf = new HashMap<>();

  private static final class Shelved {
    private final TargetTree.ScratchFile content;
    private long bytesLeft;

    Shelved(TargetTree.ScratchFile content, long bytesLeft) {
      this.content = content;
      this.bytesLeft = bytesLeft;
    }
  }

  PackShelf(StoredBackup backup, BackupSurvey survey, TargetTree target) {
    this.backup = backup;
    this.survey = survey;
    this.target = target;
  }

  /** Copies a segment's bytes to {@code position} of a file. */
  void copy(Segment segment, TargetTree.TargetFile file, long position) throws IOException {
    int index = segment.objectIndex();
    Shelved shelved = shelf.get(index);
    if (shelved == null) {
      shelved = new Shelved(fetch(index), survey.bytesAsked(index));
      shelf.put(index, shelved);
    }
    for (long done = 0; done < segment.lengthBytes(); ) {
      int step = (int) Math.min(buffer.length, segment.lengthBytes() - done);
      shelved.content.read(segment.offset() + done, buffer, 0, step);
      file.write(position + done, buffer, 0, step);
      done += step;
    }
    shelved.bytesLeft -= segment.lengthBytes();
    if (shelved.bytesLeft == 0) {
      shelf.remove(index);
      shelved.content.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (Shelved shelved : shelf.values()) {
      shelved.content.close();
    }
  }

  private TargetTree.ScratchFile fetch(int index) throws IOException {
    StoredObject object = survey.object(index);
    TargetTree.ScratchFile scratch = target.makeScratch(index);
    try (InputStream content = backup.open(ObjectKind.DATA, object)) {
      for (int given = content.read(buffer); given >= 0; given = content.read(buffer)) {
        scratch.append(buffer, 0, given);
      }
      return scratch;
    } catch (IOException | RuntimeException failed) {
      scratch.close();
      throw failed;
    }
  }
}
