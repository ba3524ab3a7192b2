package lockstep.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** A person at a keyboard. Without one there is no terminal, and nothing is asked (CLI-1). */
interface Terminal {

  /** Asks without echo. The array is the caller's to wipe; null at the end of input. */
  char @Nullable [] readSecret(String prompt);

  /** Asks with echo; null at the end of input. */
  @Nullable String readLine(String prompt);

  /** Shows text that stays on the screen only, never in a redirected output. */
  void show(char[] text);

  /** Says a line in between. */
  default void tell(String line) {
    show(line.toCharArray());
  }

  /** The process's terminal, or null where standard input or output is none. */
  @Implements("CLI-1~1")
  @SuppressWarnings("SystemConsoleNull") // before JDK 22 null says that there is none
  static @Nullable Terminal ofProcess() {
    // JDK 22 and later may hand out a console for redirected streams too.
    System.setProperty("jdk.console", "java.base");
    Console console = System.console();
    if (console == null || !isTerminal(console)) {
      return null;
    }
    return new ConsoleTerminal(console);
  }

  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  /** {@link Terminal} over {@link Console}. */
  final class ConsoleTerminal implements Terminal {
    private final Console console;

    private ConsoleTerminal(Console console) {
      this.console = console;
    }

    @Override
    public char @Nullable [] readSecret(String prompt) {
      return console.readPassword("%s", prompt);
    }

    @Override
    public @Nullable String readLine(String prompt) {
      return console.readLine("%s", prompt);
    }

    @Override
    public void show(char[] text) {
      console.writer().write(text);
      console.writer().println();
      console.writer().flush();
    }
  }
}
