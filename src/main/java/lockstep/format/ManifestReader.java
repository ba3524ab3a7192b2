package lockstep.format;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Reads a manifest in one pass and refuses every one that is not well-formed.
 *
 * <p>Memory holds the entry at hand, the directories above it and the object table, whatever the
 * number of entries. The table comes last: entries are provisional, and nothing is to be made from
 * them, until {@link #next} has returned nothing, for only then has the whole been checked.
 */
@Decides({"MAN-1~2", "MAN-5"})
@Implements({"MAN-2", "MAN-3", "MAN-4"})
public final class ManifestReader {

  private final FieldReader fields;
  private final ManifestHeader header;
  private final EntryOrder order = new EntryOrder();
  private final ObjectExtents extents = new ObjectExtents();
  private final List<StoredObject> objects = new ArrayList<>();
  private long entryCount;
  private long totalFileBytes;
  private boolean complete;

  private ManifestReader(FieldReader fields, ManifestHeader header) {
    this.fields = fields;
    this.header = header;
  }

  /**
   * Reads the header.
   *
   * @param content the manifest's content, as {@link BackupKeys#open} gives it
   * @param name what a {@link DamagedBackup} says
   * @throws DamagedBackup when the header is not one
   */
  public static ManifestReader open(InputStream content, ObjectName name) throws IOException {
    FieldReader fields = new FieldReader(content, name);
    if (fields.u32() != ManifestHeader.MAGIC) {
      throw fields.damage();
    }
    long backupNumber = fields.u64();
    Instant createdAt = Instant.ofEpochMilli(fields.u64());
    int hasPrevious = fields.u8();
    if (hasPrevious > 1) {
      throw fields.damage();
    }
    Optional<StoredObject> previous =
        hasPrevious == 0 ? Optional.empty() : Optional.of(readObject(fields));
    return new ManifestReader(fields, new ManifestHeader(backupNumber, createdAt, previous));
  }

  /** What the manifest says of its backup. */
  public ManifestHeader header() {
    return header;
  }

  /**
   * The next entry; nothing once all of the manifest has been read and found well-formed.
   *
   * @throws DamagedBackup when the manifest breaks a rule; it is to be given up then
   */
  public Optional<ManifestEntry> next() throws IOException {
    if (complete) {
      return Optional.empty();
    }
    int type = fields.u8();
    if (type == EntryType.END) {
      readTable();
      complete = true;
      return Optional.empty();
    }
    ManifestEntry entry = readEntry(type);
    if (!order.admits(entry)) {
      throw fields.damage();
    }
    entryCount++;
    return Optional.of(entry);
  }

  /**
   * The object table.
   *
   * @throws IllegalStateException before {@link #next} has returned nothing
   */
  public List<StoredObject> objects() {
    requireComplete();
    return List.copyOf(objects);
  }

  /**
   * How many entries there are.
   *
   * @throws IllegalStateException before {@link #next} has returned nothing
   */
  public long entryCount() {
    requireComplete();
    return entryCount;
  }

  /**
   * The sum of the files' sizes in bytes.
   *
   * @throws IllegalStateException before {@link #next} has returned nothing
   */
  public long totalFileBytes() {
    requireComplete();
    return totalFileBytes;
  }

  private void requireComplete() {
    if (!complete) {
      throw new IllegalStateException("the manifest has not been read to its end");
    }
  }

  private ManifestEntry readEntry(int type) throws IOException {
    byte[] pathBytes = fields.bytes16(BackupPath.MAX_BYTES);
    BackupPath path = BackupPath.parse(pathBytes).orElseThrow(fields::damage);
    int mode = fields.u16();
    long seconds = fields.u64();
    long nanoseconds = fields.u32();
    if (mode > 0777
        || seconds >= 2 * ManifestEntry.TIME_BIAS_SECONDS
        || nanoseconds >= 1_000_000_000) {
      throw fields.damage();
    }
    Instant modifiedAt =
        Instant.ofEpochSecond(seconds - ManifestEntry.TIME_BIAS_SECONDS, nanoseconds);
    return switch (type) {
      case EntryType.DIRECTORY -> new ManifestEntry.DirectoryEntry(path, mode, modifiedAt);
      case EntryType.FILE -> readFile(path, mode, modifiedAt);
      case EntryType.LINK -> readLink(path, mode, modifiedAt);
      default -> throw fields.damage();
    };
  }

  private ManifestEntry readFile(BackupPath path, int mode, Instant modifiedAt) throws IOException {
    long sizeBytes = fields.u64();
    long segmentCount = fields.u32();
    if (segmentCount > ManifestHeader.MAX_OBJECTS || segmentCount > sizeBytes) {
      throw fields.damage();
    }
    List<Segment> segments = new ArrayList<>();
    for (long i = 0; i < segmentCount; i++) {
      long objectIndex = fields.u32();
      long offset = fields.u64();
      long lengthBytes = fields.u64();
      if (!Segment.isSegment(objectIndex, offset, lengthBytes)) {
        throw fields.damage();
      }
      Segment segment = new Segment((int) objectIndex, offset, lengthBytes);
      extents.note(segment);
      segments.add(segment);
    }
    if (!ManifestEntry.FileEntry.covers(segments, sizeBytes)
        || sizeBytes > Long.MAX_VALUE - totalFileBytes) {
      throw fields.damage();
    }
    totalFileBytes += sizeBytes;
    return new ManifestEntry.FileEntry(path, mode, modifiedAt, sizeBytes, segments);
  }

  private ManifestEntry readLink(BackupPath path, int mode, Instant modifiedAt) throws IOException {
    byte[] targetBytes = fields.bytes16(LinkTarget.MAX_BYTES);
    LinkTarget target = LinkTarget.parse(targetBytes).orElseThrow(fields::damage);
    if (mode != 0) {
      throw fields.damage();
    }
    return new ManifestEntry.LinkEntry(path, modifiedAt, target);
  }

  @Implements({"OBJ-7", "OBJ-8"})
  private void readTable() throws IOException {
    long objectCount = fields.u32();
    if (objectCount > ManifestHeader.MAX_OBJECTS) {
      throw fields.damage();
    }
    for (long i = 0; i < objectCount; i++) {
      StoredObject object = readObject(fields);
      if (object.contentBytes() > ObjectKind.DATA.maxContentBytes()) {
        throw fields.damage();
      }
      objects.add(object);
    }
    if (fields.u64() != entryCount || fields.u64() != totalFileBytes) {
      throw fields.damage();
    }
    fields.end();
    if (!extents.fitIn(objects)) {
      throw fields.damage();
    }
  }

  private static StoredObject readObject(FieldReader fields) throws IOException {
    ObjectId id = ObjectId.of(fields.bytes(ObjectId.LENGTH_BYTES));
    long backupNumber = fields.u64();
    long contentBytes = fields.u64();
    SealedDigest digest = SealedDigest.of(fields.bytes(SealedDigest.LENGTH_BYTES));
    if (contentBytes > StoredObject.MAX_CONTENT_BYTES) {
      throw fields.damage();
    }
    return new StoredObject(id, backupNumber, contentBytes, digest);
  }
}
