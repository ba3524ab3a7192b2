package lockstep.backup.restore;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.DamagedBackup;
import lockstep.format.ObjectKind;
import lockstep.format.Segment;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Opens each object that several files share, checks it whole, and keeps its content in a scratch
 * file until the last of them is made. It keeps few: the one not asked for longest goes, and is
 * fetched again when it is needed.
 */
@Decides("RST-22")
@Implements({"RST-1", "RST-20", "OBJ-8"})
final class PackShelf implements AutoCloseable {

  /** So many scratch files are open at once, of at most 16 MiB each. */
  static final int PLACES = 16;

  private static final int BUFFER_BYTES = 256 * 1024;

  private final RestoreContext context;
  private final TargetTree target;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Map<Integer, TargetTree.ScratchFile> shelf = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Integer, Long> bytesLeft = new LinkedHashMap<>();
  private final Set<Integer> notWhole = new HashSet<>();
  private int fetched;

  PackShelf(RestoreContext context, TargetTree target) {
    this.context = context;
    this.target = target;
  }

  /** Copies a segment's bytes to {@code position} of a file. */
  void copy(Segment segment, FileAssembly file, long position) throws IOException {
    int index = segment.objectIndex();
    if (notWhole.contains(index)) {
      file.damaged(segment, new DamagedBackup(context.nameOf(index)));
      return;
    }
    try {
      TargetTree.ScratchFile content = shelved(index);
      for (long done = 0; done < segment.lengthBytes(); ) {
        int step = (int) Math.min(buffer.length, segment.lengthBytes() - done);
        content.read(segment.offset() + done, buffer, 0, step);
        file.write(position + done, buffer, 0, step);
        done += step;
      }
    } catch (DamagedBackup | ProviderUnavailable found) {
      notWhole.add(index);
      file.damaged(segment, found);
      return;
    }
    release(index, segment.lengthBytes());
  }

  /** The scratch file goes as soon as nothing more is asked of it. */
  private void release(int index, long bytes) throws IOException {
    long left = bytesLeft.getOrDefault(index, context.survey().bytesAsked(index)) - bytes;
    bytesLeft.put(index, left);
    TargetTree.ScratchFile content = shelf.get(index);
    if (left == 0 && content != null) {
      bytesLeft.remove(index);
      shelf.remove(index);
      content.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (TargetTree.ScratchFile content : shelf.values()) {
      content.close();
    }
  }

  private TargetTree.ScratchFile shelved(int index) throws IOException {
    TargetTree.ScratchFile known = shelf.get(index);
    if (known != null) {
      return known;
    }
    if (shelf.size() == PLACES) {
      Iterator<TargetTree.ScratchFile> eldest = shelf.values().iterator();
      try (TargetTree.ScratchFile unused = eldest.next()) {
        eldest.remove();
      }
    }
    TargetTree.ScratchFile content = fetch(index);
    shelf.put(index, content);
    return content;
  }

  private TargetTree.ScratchFile fetch(int index) throws IOException {
    TargetTree.ScratchFile scratch = target.makeScratch(fetched++);
    try (InputStream content = context.open(ObjectKind.DATA, index)) {
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
