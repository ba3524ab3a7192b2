package lockstep.backup.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import lockstep.backup.notes.FileStamp;
import lockstep.backup.notes.RunNotes;
import lockstep.backup.store.ObjectUpload;
import lockstep.backup.store.Progress;
import lockstep.backup.store.Workers;
import lockstep.format.ObjectKind;
import lockstep.format.Segment;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/**
 * Puts small files together in objects of up to 16 MiB, which the workers seal.
 *
 * <p>The packs' memory is a fixed number of buffers; filling waits for one to come back.
 */
@Implements("OBJ-7")
public final class Packer {

  /** How much content an object holds, in bytes. */
  public static final int PACK_BYTES = (int) ObjectKind.DATA.maxContentBytes();

  private static final byte[] NO_BUFFER = {};

  private final ObjectUpload upload;
  private final RunNotes notes;
  private final Workers workers;
  private final Tally tally;
  private final Progress progress;
  private final BlockingQueue<byte[]> buffers;
  private byte[] pack = NO_BUFFER;
  private int packIndex;
  private int filled;

  Packer(
      ObjectUpload upload,
      RunNotes notes,
      Workers workers,
      int bufferCount,
      Tally tally,
      Progress progress) {
    this.upload = upload;
    this.notes = notes;
    this.workers = workers;
    this.tally = tally;
    this.progress = progress;
    this.buffers = new ArrayBlockingQueue<>(bufferCount);
    for (int i = 0; i < bufferCount; i++) {
      buffers.add(NO_BUFFER);
    }
  }

  /**
   * Reads a file of 1 to {@link #PACK_BYTES} bytes into a pack and notes its entry.
   *
   * @return why it could not be read
   */
  @Implements({"BAK-7~3", "BAK-8~2"})
  Optional<Omission.Reason> add(SourceEntry.RegularFile file, StampRule stamps) throws IOException {
    int length = (int) file.stamp().sizeBytes();
    if (length > PACK_BYTES - filled) {
      flush();
    }
    if (pack.length == 0) {
      begin();
    }
    SourceFile.Sameness sameness;
    FileStamp noted = stamps.toNote(file.stamp());
    try (SourceFile opened = file.opening().open()) {
      SourceFailure.readFully(opened, 0, pack, filled, length);
      boolean goesOn = SourceFailure.goesOn(opened, length);
      SourceFile.Sameness after = opened.sameness();
      sameness = after.orLonger(goesOn);
    } catch (SourceFailure failed) {
      return Optional.of(failed.reason());
    } catch (IOException unreadable) {
      return Optional.of(Omission.Reason.UNREADABLE);
    }
    if (sameness == SourceFile.Sameness.ANOTHER) {
      return Optional.of(Omission.Reason.GONE_WHILE_READ);
    }
    if (sameness == SourceFile.Sameness.CHANGED) {
      tally.omit(file.path(), Omission.Reason.CHANGED_WHILE_READ);
      noted = stamps.never(noted);
    }
    Segment segment = new Segment(packIndex, filled, length);
    filled += length;
    notes.add(Upload.fileEntry(file, noted, List.of(segment)));
    tally.fileUploaded();
    progress.advanced(length);
    progress.fileDone();
    return Optional.empty();
  }

  /** Hands the pack at hand to the workers. */
  void flush() throws IOException {
    if (filled == 0) {
      return;
    }
    byte[] full = pack;
    int index = packIndex;
    int length = filled;
    pack = NO_BUFFER;
    filled = 0;
    workers.submit(
        () -> {
          try {
            StoredObject object =
                upload.store(ObjectKind.DATA, sink -> sink.write(full, 0, length));
            tally.objectUploaded(length);
            notes.durable(index, object);
          } finally {
            buffers.add(full);
          }
        });
  }

  private void begin() throws IOException {
    try {
      byte[] free = buffers.take();
      pack = free.length == 0 ? new byte[PACK_BYTES] : free;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    packIndex = notes.reserve();
    filled = 0;
  }
}
