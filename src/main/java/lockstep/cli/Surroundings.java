package lockstep.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import lockstep.protocol.Stretching;
import org.jspecify.annotations.Nullable;

/**
 * All that a command gets from the process it runs in.
 *
 * @param terminal null where nobody can be asked
 * @param stretching what a password costs; asked for only where one is used
 */
record Surroundings(
    InputStream input,
    PrintStream output,
    PrintStream errors,
    @Nullable Terminal terminal,
    Map<String, String> environment,
    InstantSource clock,
    Supplier<Stretching> stretching) {

  static Surroundings ofProcess() {
    return new Surroundings(
        new FileInputStream(FileDescriptor.in),
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Terminal.ofProcess(),
        System.getenv(),
        Clock.systemUTC(),
        () -> Stretching.STANDARD);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
