package lockstep.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Text that the runtime decoded before the product saw it. U+FFFD in it may stand for bytes that
 * were none; only the system still has those.
 */
final class ReceivedText {

  private static final Path PROCESS = Path.of("/proc/self");

  private ReceivedText() {}

  /** A usage error where an argument, or the current folder's path, was not UTF-8. */
  static void refuseWhatIsNone(List<String> arguments) {
    if (arguments.stream().anyMatch(ReceivedText::isDoubtful) && !isUtf8("cmdline")) {
      throw notUtf8("An argument");
    }
    String folder = System.getProperty("user.dir");
    if (isDoubtful(folder) && !isCurrent(folder)) {
      throw notUtf8("The current folder's path");
    }
  }

  /** The value of a variable of the environment, or a usage error where it was not UTF-8. */
  static String variable(String name, String value) {
    if (isDoubtful(value) && !isUtf8("environ")) {
      throw notUtf8("The variable " + name);
    }
    return value;
  }

  private static boolean isDoubtful(String text) {
    return text.codePoints()
        .anyMatch(
            point ->
                point == 0xFFFD
                    || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
  }

  private static boolean isUtf8(String file) {
    try {
      byte[] bytes = Files.readAllBytes(PROCESS.resolve(file));
      return StrictText.decode(ByteBuffer.wrap(bytes)).isPresent();
    } catch (IOException noSuchFile) {
      return false;
    }
  }

  private static boolean isCurrent(String folder) {
    try {
      return Files.isSameFile(Path.of(folder), PROCESS.resolve("cwd"));
    } catch (IOException anotherOne) {
      return false;
    }
  }

  private static Ended notUtf8(String what) {
    return new Ended(
        Answer.usage(
                what + " holds bytes that are not UTF-8 text.",
                "Nothing was done. Use names and paths in UTF-8 there; a link with such a name may"
                    + " lead to a folder with another.")
            .with("reason", "notUtf8"));
  }
}
