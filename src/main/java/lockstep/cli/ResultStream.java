package lockstep.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lockstep.spec.Decides;

/**
 * Standard output, where a command's result goes. It may hold the beginning of the one JSON object
 * already: a secret that has to be out before it takes effect.
 */
@Decides("CLI-12")
final class ResultStream extends PrintStream {

  private boolean begun;

  ResultStream(OutputStream output) {
    super(output, true, StandardCharsets.UTF_8);
  }

  /**
   * Begins the JSON object with {@code secret}, of digits, letters, spaces and line ends. Whether
   * that was written.
   */
  boolean begin(String name, char[] secret) {
    begun = true;
    print("{\"" + name + "\":\"");
    for (char sign : secret) {
      if (sign == '\n') {
        print("\\n");
      } else {
        print(sign);
      }
    }
    print('"');
    return !checkError();
  }

  /** The whole of the object, or what of it is still to come. The bytes are wiped. */
  void finish(byte[] object) {
    if (begun) {
      object[0] = ',';
    }
    writeBytes(object);
    println();
    Arrays.fill(object, (byte) 0);
  }
}
