package lockstep.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lockstep.spec.Implements;

/** How wide the process's terminal is, as {@code stty} says. */
@Implements("CLI-18")
final class TerminalWidth {

  private static final int USUAL = 80;
  private static final int NARROWEST = 40;
  private static final int WAIT_MILLIS = 500;
  private static final int MAX_BYTES = 64;
  private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,5})\\s*");

  private TerminalWidth() {}

  /** Characters in a line, at least 40; 80 where it cannot be found out. */
  static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return USUAL;
      }
      byte[] said = stty.getInputStream().readNBytes(MAX_BYTES);
      return of(new String(said, StandardCharsets.US_ASCII));
    } catch (IOException noSuchProgram) {
      return USUAL;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  /** The width in what {@code stty size} printed: rows and columns, 0 where it does not know. */
  static int of(String size) {
    Matcher numbers = SIZE.matcher(size);
    int columns = numbers.matches() ? Integer.parseInt(numbers.group(1)) : 0;
    return columns == 0 ? USUAL : Math.max(NARROWEST, columns);
  }
}
