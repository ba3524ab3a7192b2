package lockstep.adapter.filetree;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import lockstep.kernel.HexDigits;
import lockstep.spec.Decides;

/**
 * Goes between a path and the bytes that the file system uses for it, whatever the locale.
 *
 * <p>Java decodes names with the locale's charset and loses what does not fit. But the URI of a
 * path shows its bytes, and a path that is made from a URI has them. Plain ASCII takes the short
 * way.
 */
@Decides({"MAN-6", "CLI-8"})
final class RawNames {

  /** Nothing lies below it, so that no directory is asked for while a URI is made. */
  private static final Path NOWHERE = Path.of("/dev/null");

  private static final String NOWHERE_PREFIX = "/dev/null/";
  private static final String TAIL = "x";

  private RawNames() {}

  /** The bytes of a relative path, or of a link's target. */
  static byte[] bytes(Path path) {
    String text = path.toString();
    if (isPlain(text)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    Path tailed = path.resolve(TAIL);
    String raw = NOWHERE.resolve(tailed).toUri().getRawPath();
    byte[] decoded = decode(raw);
    int from = path.isAbsolute() ? 0 : NOWHERE_PREFIX.length();
    return Arrays.copyOfRange(decoded, from, decoded.length - TAIL.length() - 1);
  }

  /** The relative path of those bytes, to be resolved against a directory. */
  static Path relative(byte[] bytes) {
    if (isPlain(bytes)) {
      return Path.of(new String(bytes, StandardCharsets.US_ASCII));
    }
    Path absolute = Path.of(URI.create("file:///" + encode(bytes)));
    return absolute.subpath(0, absolute.getNameCount());
  }

  /**
   * The path of those bytes to be used as a link's target: it keeps dots and most superfluous
   * slashes, which a path that is made from text loses.
   */
  static Path linkTarget(byte[] bytes) {
    for (int i = 1; i + 2 < bytes.length; i++) {
      if (bytes[i] == '/' && bytes[i + 1] == '/' && bytes[i + 2] != '/' && bytes[i - 1] != '/') {
        Path before = linkTarget(Arrays.copyOf(bytes, i + 1));
        return before.resolve(linkTarget(Arrays.copyOfRange(bytes, i + 2, bytes.length)));
      }
    }
    if (bytes[0] != '/') {
      Path absolute = Path.of(URI.create("file:///" + encode(bytes)));
      return absolute.subpath(0, absolute.getNameCount());
    }
    byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
    return Path.of(URI.create("file:///" + encode(rest)));
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(byte[] bytes) {
    for (byte value : bytes) {
      if (value < ' ' || value > '~') {
        return false;
      }
    }
    return true;
  }

  private static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(3 * bytes.length);
    for (char digit : HexDigits.encode(bytes)) {
      if (text.length() % 3 == 0) {
        text.append('%');
      }
      text.append(digit);
    }
    return text.toString();
  }

  private static byte[] decode(String rawPath) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(rawPath.length());
    for (int i = 0; i < rawPath.length(); i++) {
      char digit = rawPath.charAt(i);
      if (digit == '%') {
        int high = HexDigits.valueOf(rawPath.charAt(i + 1));
        int low = HexDigits.valueOf(rawPath.charAt(i + 2));
        bytes.write(16 * high + low);
        i += 2;
      } else {
        bytes.write(digit);
      }
    }
    return bytes.toByteArray();
  }
}
