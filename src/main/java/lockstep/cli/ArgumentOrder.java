package lockstep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lockstep.spec.Decides;

/** Puts the command's name in front of the options that stand before it. */
@Decides("CLI-7")
final class ArgumentOrder {

  /** The options of all commands that take a value; a test holds this against their classes. */
  static final Set<String> VALUED =
      Set.of(
          "--home",
          "--account",
          "--provider",
          "--vault",
          "--vault-command",
          "--vault-identity",
          "--token-command",
          "--messenger",
          "--vault-restart",
          "--token-file",
          "--listen",
          "--operators",
          "--tls-certificate",
          "--tls-key",
          "--vault-tls-key",
          "--password-file",
          "--new-password-file",
          "--recovery-key-file",
          "--accept-plain",
          "--exclude",
          "--exclude-from",
          "--only",
          "--files",
          "--progress",
          "--attempts",
          "--wait",
          "--rounds",
          "--profile",
          "--case",
          "--known",
          "--report",
          "--seed",
          "--schedules",
          "--backup",
          "--keep",
          "--nodes",
          "--s3-endpoint",
          "--s3-path-style",
          "--s3-region",
          "--timeout");

  private static final String END_OF_OPTIONS = "--";

  private ArgumentOrder() {}

  /** The same arguments, the first that is neither an option nor an option's value first. */
  static List<String> nameFirst(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals(END_OF_OPTIONS)) {
        return arguments;
      }
      if (!isOption(argument)) {
        List<String> ordered = new ArrayList<>(arguments);
        ordered.add(0, ordered.remove(i));
        return ordered;
      }
      if (VALUED.contains(argument)) {
        i++;
      }
    }
    return arguments;
  }

  private static boolean isOption(String argument) {
    return argument.startsWith("-") && argument.length() > 1;
  }
}
