package lockstep.format;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import lockstep.spec.Implements;

/**
 * Writes a manifest in one pass, and only one that {@link ManifestReader} accepts.
 *
 * <p>Memory holds the directories above the entry at hand and eight bytes for each object, whatever
 * the number of entries. Segments may name objects that are not sealed yet: the table comes last.
 */
@Implements({"MAN-1~2", "MAN-3", "MAN-4", "MAN-5", "ENC-1"})
public final class ManifestWriter {

  private static final int NO_MODE = 0;

  private final DataOutputStream sink;
  private final EntryOrder order = new EntryOrder();
  private final ObjectExtents extents = new ObjectExtents();
  private long entryCount;
  private long totalFileBytes;

  /** Writes the header to {@code sink}, which is never flushed or closed. */
  public ManifestWriter(OutputStream sink, ManifestHeader header) throws IOException {
    this.sink = new DataOutputStream(sink);
    this.sink.writeInt(ManifestHeader.MAGIC);
    this.sink.writeLong(header.backupNumber());
    this.sink.writeLong(header.createdAt().toEpochMilli());
    this.sink.writeByte(header.previous().isPresent() ? 1 : 0);
    if (header.previous().isPresent()) {
      writeObject(header.previous().get());
    }
  }

  /**
   * Writes the next entry.
   *
   * @throws IllegalArgumentException when its path is not above the last one's, or its parent is
   *     not a directory that was written
   */
  public void add(ManifestEntry entry) throws IOException {
    if (!order.admits(entry)) {
      throw new IllegalArgumentException("an entry is out of order or has no parent");
    }
    entryCount++;
    if (entry instanceof ManifestEntry.DirectoryEntry directory) {
      writeCommon(EntryType.DIRECTORY, entry, directory.mode());
    } else if (entry instanceof ManifestEntry.FileEntry file) {
      writeCommon(EntryType.FILE, entry, file.mode());
      writeSegments(file);
    } else if (entry instanceof ManifestEntry.LinkEntry link) {
      writeCommon(EntryType.LINK, entry, NO_MODE);
      writeBytes16(link.target().bytes());
    }
  }

  /**
   * Writes the object table and ends the manifest.
   *
   * @param objects the objects that the segments' indexes mean, in that order
   * @throws IllegalArgumentException when a segment lies outside its object, or an object is no
   *     data object
   */
  public void finish(List<StoredObject> objects) throws IOException {
    boolean dataObjects =
        objects.stream()
            .allMatch(object -> object.contentBytes() <= ObjectKind.DATA.maxContentBytes());
    if (objects.size() > ManifestHeader.MAX_OBJECTS || !dataObjects || !extents.fitIn(objects)) {
      throw new IllegalArgumentException("the objects do not fit the segments");
    }
    sink.writeByte(EntryType.END);
    sink.writeInt(objects.size());
    for (StoredObject object : objects) {
      writeObject(object);
    }
    sink.writeLong(entryCount);
    sink.writeLong(totalFileBytes);
  }

  private void writeCommon(int type, ManifestEntry entry, int mode) throws IOException {
    Instant modifiedAt = entry.modifiedAt();
    sink.writeByte(type);
    writeBytes16(entry.path().bytes());
    sink.writeShort(mode);
    sink.writeLong(modifiedAt.getEpochSecond() + ManifestEntry.TIME_BIAS_SECONDS);
    sink.writeInt(modifiedAt.getNano());
  }

  private void writeSegments(ManifestEntry.FileEntry file) throws IOException {
    totalFileBytes = Math.addExact(totalFileBytes, file.sizeBytes());
    sink.writeLong(file.sizeBytes());
    sink.writeInt(file.segments().size());
    for (Segment segment : file.segments()) {
      extents.note(segment);
      sink.writeInt(segment.objectIndex());
      sink.writeLong(segment.offset());
      sink.writeLong(segment.lengthBytes());
    }
  }

  private void writeObject(StoredObject object) throws IOException {
    sink.write(object.id().bytes());
    sink.writeLong(object.backupNumber());
    sink.writeLong(object.contentBytes());
    sink.write(object.digest().bytes());
  }

  private void writeBytes16(byte[] bytes) throws IOException {
    sink.writeShort(bytes.length);
    sink.write(bytes);
  }
}
