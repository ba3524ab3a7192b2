package lockstep.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands by name. Only the one that is run gets its class loaded, so that {@code status}
 * starts without the others' cryptography.
 */
final class CommandTable {

  static final String PROGRAM = "lockstep";
  private static final String VAULT = "vault";
  private static final String VAULT_INIT = "vault init";
  private static final String VAULT_SERVE = "vault serve";
  private static final String VAULT_CLUSTER = "vault cluster";
  private static final String MESSENGER = "messenger";
  private static final String MESSENGER_INIT = "messenger init";
  private static final String MESSENGER_TOKEN = "messenger token";

  /** First words of names of two, and the name that they show help of when they stand alone. */
  private static final Map<String, String> GROUPS =
      Map.of(VAULT, VAULT_INIT, MESSENGER, MESSENGER_INIT);

  static final List<String> NAMES =
      List.of(
          "enable",
          "backup",
          "restore",
          "verify",
          "list",
          "drill",
          "change-password",
          "rehearse",
          "rotate-key",
          "show-key",
          "status",
          "disable",
          "restart",
          VAULT_INIT,
          VAULT_SERVE,
          VAULT_CLUSTER,
          MESSENGER_INIT,
          MESSENGER_TOKEN,
          "demo",
          "completion",
          "oracle",
          "conformance");

  private CommandTable() {}

  /** A new command, or null where there is none of that name. */
  static @Nullable Command make(String name) {
    return switch (name) {
      case "enable" -> new EnableCommand();
      case "backup" -> new BackupCommand();
      case "restore" -> new RestoreCommand();
      case "verify" -> new VerifyCommand();
      case "list" -> new ListCommand();
      case "drill" -> new DrillCommand();
      case "change-password" -> new ChangePasswordCommand();
      case "rehearse" -> new RehearseCommand();
      case "rotate-key" -> new RotateKeyCommand();
      case "show-key" -> new ShowKeyCommand();
      case "status" -> new StatusCommand();
      case "disable" -> new DisableCommand();
      case "restart" -> new RestartCommand();
      case VAULT_INIT -> new VaultInitCommand();
      case VAULT_SERVE -> new VaultServeCommand();
      case VAULT_CLUSTER -> new VaultClusterCommand();
      case MESSENGER_INIT -> new MessengerInitCommand();
      case MESSENGER_TOKEN -> new MessengerTokenCommand();
      case "demo" -> new DemoCommand();
      case "completion" -> new CompletionCommand();
      case "oracle" -> new OracleCommand();
      case "conformance" -> new ConformanceCommand();
      default -> null;
    };
  }

  /**
   * The arguments with the whole name (one word, or two such as {@code vault init}) as the first.
   */
  static List<String> nameFirst(List<String> arguments) {
    List<String> ordered = new ArrayList<>(ArgumentOrder.nameFirst(arguments));
    if (ordered.isEmpty() || !GROUPS.containsKey(ordered.get(0))) {
      return ordered;
    }
    String group = ordered.get(0);
    List<String> rest =
        new ArrayList<>(ArgumentOrder.nameFirst(ordered.subList(1, ordered.size())));
    if (rest.isEmpty() || rest.get(0).startsWith("-")) {
      rest.add(0, GROUPS.get(group));
    } else {
      rest.set(0, group + " " + rest.get(0));
    }
    return rest;
  }

  /** The parser of one command's options. */
  static CommandLine parser(Command command) {
    CommandLine parser = new CommandLine(command);
    parser.setCommandName(PROGRAM + " " + parser.getCommandName());
    parser.setExpandAtFiles(false);
    parser.setCaseInsensitiveEnumValuesAllowed(true);
    parser.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    return parser;
  }

  /** All commands below one, those of two words below the first. */
  static CommandLine tree() {
    CommandLine program = new CommandLine(CommandSpec.create().name(PROGRAM));
    Map<String, CommandLine> groups = new HashMap<>();
    for (String name : NAMES) {
      Command command = make(name);
      if (command == null) {
        continue;
      }
      int space = name.indexOf(' ');
      CommandLine above = space < 0 ? program : groups.get(name.substring(0, space));
      if (above == null) {
        String group = name.substring(0, space);
        above = new CommandLine(CommandSpec.create().name(group));
        groups.put(group, above);
        program.addSubcommand(group, above);
      }
      above.addSubcommand(name.substring(space + 1), new CommandLine(command));
    }
    return program;
  }

  /** What {@code lockstep --help} shows. */
  static String help() {
    CommandSpec root = CommandSpec.create().name(PROGRAM);
    root.usageMessage()
        .description("End-to-end encrypted backups that a password or a 64-digit key opens again.")
        .customSynopsis("lockstep COMMAND [OPTIONS]   (options may stand before COMMAND, too)")
        .footer("", "lockstep COMMAND --help shows a command's options.");
    CommandLine program = new CommandLine(root);
    for (String name : NAMES) {
      Command command = make(name);
      if (command != null) {
        program.addSubcommand(name, new CommandLine(command));
      }
    }
    program.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    return program.getUsageMessage();
  }
}
