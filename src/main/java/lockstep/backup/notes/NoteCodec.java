package lockstep.backup.notes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.format.BackupPath;
import lockstep.format.LinkTarget;
import lockstep.format.ManifestEntry;
import lockstep.format.ObjectId;
import lockstep.format.ObjectName;
import lockstep.format.SealedDigest;
import lockstep.format.Segment;
import lockstep.format.SetName;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;

/** The bytes of a note's records. Only this device reads what it wrote. */
@Decides("BAK-13~2")
final class NoteCodec {

  private static final int HEADER = 'H';
  private static final int DIRECTORY = 'D';
  private static final int FILE = 'F';
  private static final int LINK = 'L';
  private static final int DURABLE = 'O';
  private static final int MANIFEST = 'M';
  private static final int KNOWN = 'K';
  private static final int MOUNT_POINT = 'P';
  private static final int SOURCE = 'S';
  private static final int MISSED = 'U';
  private static final int DAMAGED = 'X';
  private static final int SET_NAME_BYTES = 32;

  private NoteCodec() {}

  static byte[] encode(NoteRecord note) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (note instanceof NoteRecord.Header header) {
        out.writeByte(HEADER);
        out.write(header.set().hex().getBytes(StandardCharsets.US_ASCII));
        out.writeLong(header.backupNumber());
      } else if (note instanceof NoteRecord.Entry entry) {
        writeEntry(out, entry.noted());
      } else if (note instanceof NoteRecord.Durable durable) {
        out.writeByte(DURABLE);
        out.writeInt(durable.index());
        writeObject(out, durable.object());
      } else if (note instanceof NoteRecord.Source source) {
        out.writeByte(SOURCE);
        writeBytes(out, source.identity().path().getBytes(StandardCharsets.ISO_8859_1));
        out.writeLong(source.identity().device());
        out.writeLong(source.identity().number());
      } else if (note instanceof NoteRecord.Missed missed) {
        out.writeByte(MISSED);
        writeBytes(out, missed.path().bytes());
      } else if (note instanceof NoteRecord.DamagedObject damaged) {
        out.writeByte(DAMAGED);
        writeBytes(out, damaged.name().hex().getBytes(StandardCharsets.US_ASCII));
      } else if (note instanceof NoteRecord.SealedManifest sealed) {
        out.writeByte(MANIFEST);
        writeObject(out, sealed.manifest());
      } else if (note instanceof NoteRecord.Known known) {
        out.writeByte(KNOWN);
        out.write(known.id().bytes());
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The record that the bytes are.
   *
   * @throws IOException when they are none
   * @throws IllegalArgumentException when they are none
   */
  static NoteRecord decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case HEADER -> new NoteRecord.Header(readSetName(in), in.readLong());
      case DIRECTORY, MOUNT_POINT, FILE, LINK -> new NoteRecord.Entry(readEntry(kind, in));
      case DURABLE -> new NoteRecord.Durable(in.readInt(), readObject(in));
      case MANIFEST -> new NoteRecord.SealedManifest(readObject(in));
      case KNOWN -> new NoteRecord.Known(ObjectId.of(in.readNBytes(ObjectId.LENGTH_BYTES)));
      case SOURCE -> new NoteRecord.Source(readSource(in));
      case MISSED ->
          new NoteRecord.Missed(BackupPath.parse(readBytes(in)).orElseThrow(NoteCodec::malformed));
      case DAMAGED -> new NoteRecord.DamagedObject(readName(in));
      default -> throw new IOException("no such record");
    };
  }

  private static void writeEntry(DataOutputStream out, NotedEntry noted) throws IOException {
    ManifestEntry entry = noted.entry();
    if (entry instanceof ManifestEntry.DirectoryEntry directory) {
      writeCommon(out, noted.mountPoint() ? MOUNT_POINT : DIRECTORY, entry);
      out.writeShort(directory.mode());
    } else if (entry instanceof ManifestEntry.LinkEntry link) {
      writeCommon(out, LINK, entry);
      writeBytes(out, link.target().bytes());
    } else if (entry instanceof ManifestEntry.FileEntry file) {
      writeCommon(out, FILE, entry);
      out.writeShort(file.mode());
      FileStamp stamp = noted.stamp().orElseThrow();
      out.writeLong(stamp.sizeBytes());
      writeInstant(out, stamp.modifiedAt());
      writeInstant(out, stamp.changedAt());
      out.writeLong(stamp.fileNumber());
      out.writeInt(file.segments().size());
      for (Segment segment : file.segments()) {
        out.writeInt(segment.objectIndex());
        out.writeLong(segment.offset());
        out.writeLong(segment.lengthBytes());
      }
    }
  }

  private static NotedEntry readEntry(int kind, DataInputStream in) throws IOException {
    BackupPath path = BackupPath.parse(readBytes(in)).orElseThrow(NoteCodec::malformed);
    Instant modifiedAt = readInstant(in);
    if (kind == LINK) {
      LinkTarget target = LinkTarget.parse(readBytes(in)).orElseThrow(NoteCodec::malformed);
      return new NotedEntry(
          new ManifestEntry.LinkEntry(path, modifiedAt, target), Optional.empty());
    }
    int mode = in.readUnsignedShort();
    if (kind == DIRECTORY || kind == MOUNT_POINT) {
      return new NotedEntry(
          new ManifestEntry.DirectoryEntry(path, mode, modifiedAt),
          Optional.empty(),
          kind == MOUNT_POINT);
    }
    FileStamp stamp = new FileStamp(in.readLong(), readInstant(in), readInstant(in), in.readLong());
    int count = in.readInt();
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      segments.add(new Segment(in.readInt(), in.readLong(), in.readLong()));
    }
    return new NotedEntry(
        new ManifestEntry.FileEntry(path, mode, modifiedAt, stamp.sizeBytes(), segments),
        Optional.of(stamp));
  }

  private static SourceIdentity readSource(DataInputStream in) throws IOException {
    String path = new String(readBytes(in), StandardCharsets.ISO_8859_1);
    return new SourceIdentity(path, in.readLong(), in.readLong());
  }

  private static ObjectName readName(DataInputStream in) throws IOException {
    return new ObjectName(new String(readBytes(in), StandardCharsets.US_ASCII));
  }

  private static void writeCommon(DataOutputStream out, int kind, ManifestEntry entry)
      throws IOException {
    out.writeByte(kind);
    writeBytes(out, entry.path().bytes());
    writeInstant(out, entry.modifiedAt());
  }

  private static void writeObject(DataOutputStream out, StoredObject object) throws IOException {
    out.write(object.id().bytes());
    out.writeLong(object.backupNumber());
    out.writeLong(object.contentBytes());
    out.write(object.digest().bytes());
  }

  private static StoredObject readObject(DataInputStream in) throws IOException {
    ObjectId id = ObjectId.of(in.readNBytes(ObjectId.LENGTH_BYTES));
    long backupNumber = in.readLong();
    long contentBytes = in.readLong();
    SealedDigest digest = SealedDigest.of(in.readNBytes(SealedDigest.LENGTH_BYTES));
    return new StoredObject(id, backupNumber, contentBytes, digest);
  }

  private static SetName readSetName(DataInputStream in) throws IOException {
    return new SetName(new String(in.readNBytes(SET_NAME_BYTES), StandardCharsets.US_ASCII));
  }

  private static void writeInstant(DataOutputStream out, Instant time) throws IOException {
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  private static Instant readInstant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readUnsignedShort());
  }

  private static IOException malformed() {
    return new IOException("no such record");
  }
}
