package lockstep.opaque;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Concatenation and the length-prefixed fields of RFC 9497 and RFC 9807. */
final class Bytes {

  private Bytes() {}

  static byte[] concat(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] joined = new byte[length];
    int offset = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, offset, part.length);
      offset += part.length;
    }
    return joined;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** {@code I2OSP(value, 2)}. */
  static byte[] u16(int value) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException("does not fit 16 bits");
    }
    return new byte[] {(byte) (value >>> 8), (byte) value};
  }

  /** {@code I2OSP(len(bytes), 2) || bytes}. */
  static byte[] bytes16(byte[] bytes) {
    return concat(u16(bytes.length), bytes);
  }

  /** The {@code length} bytes of {@code source} from {@code offset} on. */
  static byte[] slice(byte[] source, int offset, int length) {
    return Arrays.copyOfRange(source, offset, offset + length);
  }
}
