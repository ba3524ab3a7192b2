package lockstep.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lockstep.adapter.device.KeystoreDamaged;
import lockstep.adapter.device.OpenToOthers;
import lockstep.device.state.DeviceStateDamaged;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs one command and ends with its exit code. */
public final class Main {

  private static final String HELP = "Run lockstep --help to see the commands.";

  private Main() {}

  /** Runs the command that {@code arguments} name, in this process's surroundings. */
  public static void main(String[] arguments) {
    Surroundings surroundings = Surroundings.ofProcess();
    Ending ending = new Ending();
    Runtime.getRuntime().addShutdownHook(ending.hook(surroundings));
    System.exit(run(surroundings, ending, arguments));
  }

  /** Runs a command, prints its answer and returns its exit code. */
  static int run(Surroundings surroundings, String... arguments) {
    return run(surroundings, new Ending(), arguments);
  }

  @Implements("CLI-16")
  private static int run(Surroundings surroundings, Ending ending, String... arguments) {
    boolean json = ask(arguments, AnswerPrinter.JSON);
    NoticeBoard board = new NoticeBoard(surroundings);
    Answer answer;
    try (Providers used = surroundings.providers()) {
      answer = board.addTo(answer(surroundings, json, board, ending, arguments));
    }
    if (!ending.claim()) {
      // A signal came first, and the process is on its way out.
      return answer.outcome().exitCode();
    }
    boolean quiet = ask(arguments, AnswerPrinter.QUIET);
    if (AnswerPrinter.print(answer, json, quiet, surroundings)) {
      board.printed();
    }
    return finished(answer, surroundings).exitCode();
  }

  /** Arguments after -- belong to the program being tested. */
  private static boolean ask(String[] arguments, String option) {
    return Arrays.stream(arguments)
        .takeWhile(argument -> !argument.equals("--"))
        .anyMatch(
            argument -> argument.equals(option) || argument.equalsIgnoreCase(option + "=true"));
  }

  /** A print stream swallows what goes wrong and tells who asks. */
  @Implements("CLI-12")
  private static Outcome finished(Answer answer, Surroundings surroundings) {
    if (!answer.outcome().isSuccess() || !surroundings.output().checkError()) {
      return answer.outcome();
    }
    surroundings
        .errors()
        .println(
            "What the command had to say could not be written to standard output: it is closed, or"
                + " its disk is full. What it did is done: lockstep status says how things stand.");
    return Outcome.UNEXPECTED;
  }

  @Decides("CLI-6")
  @Implements("CLI-4")
  private static Answer answer(
      Surroundings surroundings,
      boolean json,
      NoticeBoard board,
      Ending ending,
      String... arguments) {
    try {
      ReceivedText.refuseWhatIsNone(List.of(arguments));
      return parseAndRun(
          surroundings, json, board, ending, CommandTable.nameFirst(List.of(arguments)));
    } catch (Ended ended) {
      return ended.answer();
    } catch (DeviceStateDamaged damaged) {
      return damaged("the slot " + damaged.slot().text() + " does not open");
    } catch (KeystoreDamaged damaged) {
      return damaged("the file keystore is no keystore");
    } catch (OpenToOthers open) {
      return openToOthers(open);
    } catch (IOException failure) {
      return unusableHome();
    } catch (RuntimeException | Error unexpected) {
      return unexpected(unexpected);
    }
  }

  private static Answer parseAndRun(
      Surroundings surroundings,
      boolean json,
      NoticeBoard board,
      Ending ending,
      List<String> arguments)
      throws IOException {
    String name = arguments.isEmpty() ? "" : arguments.get(0);
    if (name.equals("help") && arguments.size() > 1) {
      return helpOf(arguments.subList(1, arguments.size()), surroundings, json);
    }
    if (Stream.of("--help", "-h", "help").anyMatch(name::equals)) {
      return shown(surroundings, json, CommandTable.help());
    }
    if (name.equals("--version") || name.equals("-V")) {
      return Answer.done("lockstep " + version());
    }
    Command command = CommandTable.make(name);
    if (command == null) {
      return name.isEmpty() || name.startsWith("-")
          ? Answer.usage("No command was given.", HELP)
          : Answer.usage("There is no such command.", HELP);
    }
    CommandLine parser = CommandTable.parser(command);
    try {
      parser.parseArgs(arguments.subList(1, arguments.size()).toArray(String[]::new));
    } catch (ParameterException refused) {
      return UsageText.answer(refused, name);
    }
    if (command.shared().help()) {
      return shown(surroundings, json, parser.getUsageMessage());
    }
    command.warmUp().ifPresent(Main::beside);
    if (command.isOfDevice()) {
      board.stand(command.shared());
      ending.isWorthSaying();
    }
    return command.run(surroundings);
  }

  /** The same as the command's --help, for who asks the other way round. */
  @Implements("CLI-19")
  private static Answer helpOf(List<String> words, Surroundings surroundings, boolean json) {
    Command command = CommandTable.make(CommandTable.nameFirst(words).get(0));
    return command == null
        ? Answer.usage("There is no such command.", HELP)
        : shown(surroundings, json, CommandTable.parser(command).getUsageMessage());
  }

  private static void beside(Runnable warmUp) {
    Thread thread = new Thread(warmUp, "warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static Answer shown(Surroundings surroundings, boolean json, String text) {
    (json ? surroundings.errors() : surroundings.output()).print(text);
    return Answer.done("");
  }

  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }

  @Implements("DEV-2")
  private static Answer damaged(String what) {
    return Answer.of(
            Outcome.UNEXPECTED,
            "The device's state is damaged: " + what + ".",
            "Nothing was overwritten. Put back a copy of the device's home, or restore the backup"
                + " on a new --home with the password or the 64-digit key.")
        .with("reason", "deviceStateDamaged");
  }

  @Implements("DEV-3~2")
  private static Answer openToOthers(OpenToOthers open) {
    return Answer.refused(
            open.getFile()
                + " holds secrets, and would be open to others: it belongs to another user, or its"
                + " file system keeps no access modes (exFAT and FAT keep none).",
            "Choose a --home in a folder of yours, on a file system with modes such as ext4.")
        .with("reason", "openToOthers");
  }

  private static Answer unusableHome() {
    return Answer.of(
            Outcome.UNEXPECTED,
            "The device's home could not be read or written.",
            "Check that its disk is not full and that it belongs to you, and run the command"
                + " again.")
        .with("reason", "deviceHomeUnusable");
  }

  // Names where it happened but not what the message says: it may quote what the user typed.
  private static Answer unexpected(Throwable thrown) {
    String place =
        Arrays.stream(thrown.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("lockstep."))
            .findFirst()
            .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
            .orElse("");
    return Answer.of(
        Outcome.UNEXPECTED,
        "Something unexpected happened: " + thrown.getClass().getSimpleName() + place + ".",
        "Nothing was left half done that a second run cannot finish: run the command again. If it"
            + " happens again, please report this line.");
  }
}
