package lockstep.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes manifests field by field, so that they can break every rule. */
final class RawManifest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long entries;
  private long fileBytes;

  static RawManifest begun() {
    RawManifest manifest = new RawManifest();
    return manifest.text("LSM1").u64(1).u64(2).u8(0);
  }

  static RawManifest empty() {
    return new RawManifest();
  }

  RawManifest directory(String path) {
    return entry(1, path, 0755, 1L << 42, 0);
  }

  RawManifest emptyFile(String path) {
    return entry(2, path, 0644, 1L << 42, 0).u64(0).u32(0);
  }

  RawManifest link(String path, String target) {
    return entry(3, path, 0, 1L << 42, 0).bytes16(target);
  }

  RawManifest entry(int type, String path, int mode, long seconds, long nanoseconds) {
    entries++;
    return u8(type).bytes16(path).u16(mode).u64(seconds).u32(nanoseconds);
  }

  RawManifest file(String path, long size, long[]... segments) {
    entry(2, path, 0644, 1L << 42, 0).u64(size).u32(segments.length);
    fileBytes += size;
    for (long[] segment : segments) {
      u32(segment[0]).u64(segment[1]).u64(segment[2]);
    }
    return this;
  }

  RawManifest object(long contentBytes) {
    bytes.writeBytes(new byte[16]);
    u64(1).u64(contentBytes);
    bytes.writeBytes(new byte[32]);
    return this;
  }

  byte[] ended() {
    return u8(0).u32(0).totals();
  }

  byte[] totals() {
    return u64(entries).u64(fileBytes).bytes();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  RawManifest text(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  RawManifest bytes16(String text) {
    return u16(text.length()).text(text);
  }

  RawManifest u8(int value) {
    bytes.write(value);
    return this;
  }

  RawManifest u16(int value) {
    bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) value).array());
    return this;
  }

  RawManifest u32(long value) {
    bytes.writeBytes(ByteBuffer.allocate(4).putInt((int) value).array());
    return this;
  }

  RawManifest u64(long value) {
    bytes.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
    return this;
  }
}
