package lockstep.vectors;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import lockstep.secret.Hkdf;
import lockstep.secret.SecretBytes;

/** Values that look random and are the same every time, and bytes in hex. */
final class Sample {

  static final String ALICE = "alice";
  static final long DAY = 1_634_169_600_000L;
  static final int CHUNK = 16_384;

  private static final int LONGEST = 8160;
  private static final HexFormat HEX = HexFormat.of();

  private Sample() {}

  /** Bytes that belong to a name. */
  static String of(String name, int length) {
    if (length > LONGEST) {
      throw new IllegalArgumentException("a sample has at most " + LONGEST + " bytes");
    }
    try (SecretBytes key =
            SecretBytes.absorb(("lockstep vectors " + name).getBytes(StandardCharsets.UTF_8));
        SecretBytes drawn = Hkdf.expandSha256(key, new byte[0], length)) {
      return drawn.expose(HEX::formatHex);
    }
  }

  /** Byte i is i mod 251, so that no two chunks are alike. */
  static String counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return HEX.formatHex(bytes);
  }

  static String text(String text) {
    return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] bytes(String hex) {
    return HEX.parseHex(hex);
  }

  static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }
}
