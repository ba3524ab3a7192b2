package lockstep.backup.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lockstep.backup.notes.FileStamp;
import lockstep.backup.notes.KnownContent;
import lockstep.backup.notes.RunNotes;
import lockstep.backup.store.ObjectUpload;
import lockstep.backup.store.Progress;
import lockstep.backup.store.Workers;
import lockstep.format.ObjectKind;
import lockstep.format.Segment;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/** One file of more than 16 MiB on its way, each 16 MiB of it an object and a task of its own. */
@Implements({"OBJ-7", "BAK-5"})
final class LargeFile {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final SourceEntry.RegularFile file;
  private final SourceFile opened;
  private final ObjectUpload upload;
  private final RunNotes notes;
  private final Tally tally;
  private final Progress progress;

  /** One for the submitting thread, one for each task. */
  private final AtomicInteger users = new AtomicInteger(1);

  LargeFile(
      SourceEntry.RegularFile file,
      SourceFile opened,
      ObjectUpload upload,
      RunNotes notes,
      Tally tally,
      Progress progress) {
    this.file = file;
    this.opened = opened;
    this.upload = upload;
    this.notes = notes;
    this.tally = tally;
    this.progress = progress;
  }

  /** Notes the file's entry and hands its pieces to the workers, but for those known already. */
  void submit(Optional<KnownContent> known, FileStamp stampToNote, Workers workers)
      throws IOException {
    try {
      submitMissing(known, stampToNote, workers);
    } finally {
      release();
    }
    tally.fileUploaded();
    progress.fileDone();
  }

  private void submitMissing(Optional<KnownContent> known, FileStamp stampToNote, Workers workers)
      throws IOException {
    List<Segment> segments = new ArrayList<>();
    List<Integer> missing = new ArrayList<>();
    long size = file.stamp().sizeBytes();
    for (long offset = 0; offset < size; offset += Packer.PACK_BYTES) {
      long length = Math.min(Packer.PACK_BYTES, size - offset);
      int piece = segments.size();
      Optional<StoredObject> object = known.flatMap(content -> knownPiece(content, piece, length));
      if (object.isEmpty()) {
        missing.add(piece);
      } else {
        progress.advanced(length);
      }
      int index = object.isPresent() ? notes.takeOver(object.get()) : notes.reserve();
      segments.add(new Segment(index, 0, length));
    }
    notes.add(Upload.fileEntry(file, stampToNote, segments));
    for (int piece : missing) {
      users.incrementAndGet();
      submitPiece(piece, segments.get(piece), workers);
    }
  }

  private void submitPiece(int piece, Segment segment, Workers workers) throws IOException {
    try {
      workers.submit(() -> uploadPiece(piece, segment));
    } catch (IOException | RuntimeException givenUp) {
      release();
      throw givenUp;
    }
  }

  private static Optional<StoredObject> knownPiece(KnownContent content, int piece, long length) {
    if (piece >= content.pieces().size()) {
      return Optional.empty();
    }
    KnownContent.Piece known = content.pieces().get(piece);
    return known.offset() == 0 && known.lengthBytes() == length ? known.object() : Optional.empty();
  }

  private void uploadPiece(int piece, Segment segment) throws IOException {
    long position = (long) piece * Packer.PACK_BYTES;
    int length = (int) segment.lengthBytes();
    try {
      StoredObject object = upload.store(ObjectKind.DATA, sink -> copy(position, length, sink));
      tally.objectUploaded(length);
      notes.durable(segment.objectIndex(), object);
    } catch (SourceFailure failed) {
      tally.withdraw(file.path(), failed.reason());
    } finally {
      release();
    }
  }

  private void copy(long position, int length, OutputStream sink) throws IOException {
    byte[] buffer = new byte[Math.min(length, BUFFER_BYTES)];
    for (int done = 0; done < length; ) {
      int step = Math.min(buffer.length, length - done);
      SourceFailure.readFully(opened, position + done, buffer, 0, step);
      sink.write(buffer, 0, step);
      progress.advanced(step);
      done += step;
    }
  }

  /** The last to leave checks that the file stayed what it was. */
  @Implements("BAK-8~2")
  private void release() throws IOException {
    if (users.decrementAndGet() > 0) {
      return;
    }
    try (opened) {
      boolean goesOn = SourceFailure.goesOn(opened, file.stamp().sizeBytes());
      SourceFile.Sameness sameness = opened.sameness().orLonger(goesOn);
      if (sameness == SourceFile.Sameness.CHANGED) {
        tally.omitChanged(file.path());
      } else if (sameness == SourceFile.Sameness.ANOTHER) {
        tally.withdraw(file.path(), Omission.Reason.GONE_WHILE_READ);
      }
    } catch (IOException unreadable) {
      tally.omitChanged(file.path());
    }
  }
}
