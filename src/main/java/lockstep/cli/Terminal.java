package lockstep.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** A person at a keyboard. Without one there is no terminal, and nothing is asked (CLI-1). */
interface Terminal {

  /** Asks without echo. The array is the caller's to wipe; null at the end of input. */
  char @Nullable [] readSecret(String prompt);

  /** Asks with echo; null at the end of input. */
  @Nullable String readLine(String prompt);

  /** Shows text that stays on the screen only, never in a redirected output; whether it was. */
  boolean show(char[] text);

  /** Says a line in between. */
  default void tell(String line) {
    show(line.toCharArray());
  }

  /** Where a moving picture may be drawn. */
  default OutputStream screen() {
    return OutputStream.nullOutputStream();
  }

  /** How many characters a line of it has; 0 where lines are not to be broken. */
  default int columns() {
    return 0;
  }

  /** The process's terminal, or null where standard input or output is none. */
  @Implements("CLI-1")
  @SuppressWarnings("SystemConsoleNull") // before JDK 22 null says that there is none
  static @Nullable Terminal ofProcess() {
    // JDK 22 and later may hand out a console for redirected streams too.
    System.setProperty("jdk.console", "java.base");
    // One character a byte: a console that decodes replaces what it does not understand.
    for (String name : new String[] {"stdin", "stdout", "sun.stdout"}) {
      System.setProperty(name + ".encoding", StandardCharsets.ISO_8859_1.name());
    }
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

  /** What {@code bytes}, one in a character, spell in UTF-8, or a usage error; they are wiped. */
  @Implements("CLI-13")
  static char[] typed(char[] bytes) {
    byte[] utf8 = new byte[bytes.length];
    Optional<CharBuffer> text = Optional.empty();
    try {
      int above = 0;
      for (int i = 0; i < bytes.length; i++) {
        utf8[i] = (byte) bytes[i];
        above |= bytes[i] & ~0xFF;
      }
      text = above == 0 ? StrictText.decode(ByteBuffer.wrap(utf8)) : Optional.empty();
      CharBuffer decoded = text.orElseThrow(Terminal::notUtf8);
      return Arrays.copyOf(decoded.array(), decoded.limit());
    } finally {
      Arrays.fill(bytes, '\0');
      Arrays.fill(utf8, (byte) 0);
      text.ifPresent(decoded -> Arrays.fill(decoded.array(), '\0'));
    }
  }

  private static Ended notUtf8() {
    return new Ended(
        Answer.usage(
                "What was typed is not UTF-8 text.",
                "Nothing was sent and no attempt was spent. Set the terminal to UTF-8, or put the"
                    + " text into a file in UTF-8, and run again.")
            .with("reason", "notUtf8"));
  }

  /** {@link Terminal} over {@link Console}; what it says goes to the screen, not to an output. */
  final class ConsoleTerminal implements Terminal {
    private final Console console;
    private final PrintStream screen;

    private ConsoleTerminal(Console console) {
      this.console = console;
      this.screen = new PrintStream(device(), true, StandardCharsets.UTF_8);
    }

    private static OutputStream device() {
      try {
        return new FileOutputStream("/dev/tty");
      } catch (FileNotFoundException noneOfItsOwn) {
        return new FileOutputStream(FileDescriptor.err);
      }
    }

    @Override
    public char @Nullable [] readSecret(String prompt) {
      screen.print(prompt);
      screen.flush();
      char[] bytes = console.readPassword();
      return bytes == null ? null : typed(bytes);
    }

    @Override
    public @Nullable String readLine(String prompt) {
      screen.print(prompt);
      screen.flush();
      String bytes = console.readLine();
      return bytes == null ? null : new String(typed(bytes.toCharArray()));
    }

    @Override
    public boolean show(char[] text) {
      screen.println(text);
      return !screen.checkError();
    }

    @Override
    public OutputStream screen() {
      return screen;
    }

    @Override
    public int columns() {
      return TerminalWidth.columns();
    }
  }
}
