package lockstep.vectors;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A manifest's content as a forger would write it: the layout of MAN-1 around any entries, with
 * counts, sums and object table that fit them, so that one rule alone can refuse it.
 */
final class ForgedManifest {

  private static final long SECONDS = 1_634_169_600L + (1L << 42);
  private static final int OBJECT_BYTES = 100;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private long entries;
  private long sum;

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /** Of backup 7. */
  ForgedManifest() {
    this(7, Sample.DAY);
  }

  ForgedManifest(long backupNumber, long createdAt) {
    write(
        to -> {
          to.writeBytes("LSM1");
          to.writeLong(backupNumber);
          to.writeLong(createdAt);
          to.writeByte(0);
        });
  }

  ForgedManifest directory(String path) {
    entry(1, path, 0755);
    return this;
  }

  /** A file of one segment, or of none if it is empty. */
  ForgedManifest file(String path, int size) {
    return size == 0 ? file(path, 0, new long[0][]) : file(path, size, new long[][] {{0, 0, size}});
  }

  /** A file with segments of object index, offset and length. */
  ForgedManifest file(String path, long size, long[]... segments) {
    entry(2, path, 0644);
    sum += size;
    write(
        to -> {
          to.writeLong(size);
          to.writeInt(segments.length);
          for (long[] segment : segments) {
            to.writeInt((int) segment[0]);
            to.writeLong(segment[1]);
            to.writeLong(segment[2]);
          }
        });
    return this;
  }

  ForgedManifest link(String path, String target) {
    entry(3, path, 0);
    write(
        to -> {
          to.writeShort(target.length());
          to.writeBytes(target);
        });
    return this;
  }

  /** The whole content in hex, with one object of 100 bytes in its table. */
  String hex() {
    return hex(0, 0);
  }

  /** The same with a count of entries and a sum of sizes that are off. */
  String hex(long entriesMore, long sumMore) {
    write(
        to -> {
          to.writeByte(0);
          to.writeInt(1);
          to.write(Sample.bytes(Sample.of("forged id", 16)));
          to.writeLong(7);
          to.writeLong(OBJECT_BYTES);
          to.write(Sample.bytes(Sample.of("forged digest", 32)));
          to.writeLong(entries + entriesMore);
          to.writeLong(sum + sumMore);
        });
    return Sample.hex(bytes.toByteArray());
  }

  private void entry(int type, String path, int mode) {
    entries++;
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    write(
        to -> {
          to.writeByte(type);
          to.writeShort(name.length);
          to.write(name);
          to.writeShort(mode);
          to.writeLong(SECONDS);
          to.writeInt(0);
        });
  }

  private void write(Writing writing) {
    try {
      writing.to(out);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }
}
