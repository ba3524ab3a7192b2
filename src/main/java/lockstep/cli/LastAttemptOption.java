package lockstep.cli;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the user takes the last attempt of all, said by name or asked at the terminal. */
@Implements("USR-13")
final class LastAttemptOption {

  @Option(
      names = "--last-attempt",
      description =
          "Use even the last attempt of all; if the password is wrong, the vault erases its"
              + " record for good.")
  private boolean accepted;

  BooleanSupplier consent(Surroundings surroundings) {
    return () -> accepted || isAgreedTo(surroundings.terminal());
  }

  private static boolean isAgreedTo(@Nullable Terminal terminal) {
    if (terminal == null) {
      return false;
    }
    String line =
        terminal.readLine(
            "This is the last attempt of all: if the password is wrong, the vault erases its record"
                + " for good. Use it? [y/N] ");
    return line != null && line.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
