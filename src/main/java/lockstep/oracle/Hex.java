package lockstep.oracle;

import lockstep.kernel.HexDigits;
import org.jspecify.annotations.Nullable;

/** Lower-case hexadecimal, the one form of bytes in a request and an answer. */
final class Hex {

  private Hex() {}

  static String of(byte[] bytes) {
    return new String(HexDigits.encode(bytes));
  }

  /** The bytes; null where {@code text} is not pairs of lower-case digits. */
  static byte @Nullable [] parse(String text) {
    if (text.length() % 2 != 0) {
      return null;
    }
    byte[] bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = value(text.charAt(2 * i));
      int low = value(text.charAt(2 * i + 1));
      if (high < 0 || low < 0) {
        return null;
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return bytes;
  }

  private static int value(char digit) {
    return digit >= 'A' && digit <= 'F' ? -1 : HexDigits.valueOf(digit);
  }
}
