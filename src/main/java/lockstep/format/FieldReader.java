package lockstep.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import lockstep.spec.Implements;

/** Reads the fields of a stream; whatever is missing, too long or left over is damage. */
@Implements({"ENC-1", "ENC-2", "ENC-3"})
final class FieldReader {

  private static final int BUFFER_BYTES = 65536;

  private final InputStream source;
  private final ObjectName name;

  FieldReader(InputStream source, ObjectName name) {
    this.source = new BufferedInputStream(source, BUFFER_BYTES);
    this.name = name;
  }

  int u8() throws IOException {
    int value = source.read();
    if (value < 0) {
      throw damage();
    }
    return value;
  }

  int u16() throws IOException {
    int high = u8();
    return high << 8 | u8();
  }

  long u32() throws IOException {
    long high = u16();
    return high << 16 | u16();
  }

  /** A value above 2⁶³ − 1 is damage. */
  long u64() throws IOException {
    long high = u32();
    long value = high << 32 | u32();
    if (value < 0) {
      throw damage();
    }
    return value;
  }

  /** Exactly that many bytes, a number that the format fixes or bounds. */
  byte[] bytes(int length) throws IOException {
    byte[] bytes = source.readNBytes(length);
    if (bytes.length < length) {
      throw damage();
    }
    return bytes;
  }

  byte[] bytes16(int maxLength) throws IOException {
    int length = u16();
    if (length > maxLength) {
      throw damage();
    }
    return bytes(length);
  }

  void end() throws IOException {
    if (source.read() >= 0) {
      throw damage();
    }
  }

  DamagedBackup damage() {
    return new DamagedBackup(name);
  }
}
