package lockstep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import lockstep.keys.RecoveryKey;
import lockstep.keys.RootKey;
import lockstep.secret.Password;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Reads secrets: from a prompt without echo, a named file, or standard input for {@code -}. What it
 * reads is held in arrays that are wiped here.
 */
@Implements({"CLI-2", "SEC-5"})
final class SecretInput {

  /** The most bytes of a file that holds a secret. */
  static final int MAXIMUM_BYTES = 4096;

  private static final String STANDARD_INPUT = "-";

  private static final String NEW =
      "Nothing was sent and no attempt was spent. Choose another one and run again.";

  private static final String IN_FORCE =
      "So it cannot be the one in force. Nothing was sent and no attempt was spent: look how it was"
          + " typed, and run again.";

  private final Surroundings surroundings;

  SecretInput(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** A usage error where two secrets are to come from standard input. */
  static void refuseTwice(Optional<String> one, Optional<String> other) {
    if (one.isPresent() && one.equals(other) && one.get().equals(STANDARD_INPUT)) {
      throw new Ended(
          Answer.usage(
              "Two secrets cannot both come from standard input.",
              "Put one of them into a file that only you can read."));
    }
  }

  /** The password in {@code file}, or the one typed where no file is named. */
  Password password(Optional<String> file, String option, String prompt) {
    return read(file, option, prompt, typed -> prepare(typed, IN_FORCE));
  }

  /** A new password: typed twice where no file is named. */
  Password newPassword(Optional<String> file, String option, String prompt) {
    Password first = read(file, option, prompt, typed -> prepare(typed, NEW));
    if (file.isPresent()) {
      return first;
    }
    try (Password second = password(file, option, "The same once more: ")) {
      if (!first.isEqualTo(second)) {
        throw new Ended(
            Answer.usage("The two passwords are not the same.", "Run the command again."));
      }
      return first.duplicate();
    } finally {
      first.close();
    }
  }

  /** The 64-digit key in {@code file}, or the one typed where no file is named. */
  RootKey recoveryKey(Optional<String> file, String option, String prompt) {
    return read(file, option, prompt, SecretInput::parseKey);
  }

  private <R> R read(
      Optional<String> file, String option, String prompt, Function<char[], R> reader) {
    char[] typed = file.isPresent() ? fromFile(file.get(), option) : fromPrompt(option, prompt);
    try {
      return reader.apply(typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /** A usage error where there is neither a file nor anybody to ask; asks nothing yet. */
  @Decides("CLI-1")
  void requireSource(Optional<String> file, String option) {
    if (file.isEmpty() && surroundings.terminal() == null) {
      throw nobodyToAsk(option);
    }
  }

  private static Ended nobodyToAsk(String option) {
    return new Ended(
        Answer.usage(
            "There is no terminal to ask on, and " + option + " is missing.",
            "Run the command again with " + option + " FILE, or - for standard input."));
  }

  private char[] fromPrompt(String option, String prompt) {
    Terminal terminal = surroundings.terminal();
    if (terminal == null) {
      throw nobodyToAsk(option);
    }
    char[] typed = terminal.readSecret(prompt);
    if (typed == null) {
      throw new Ended(
          Answer.usage("Nothing was typed.", "Run the command again, or use " + option + " FILE."));
    }
    return typed;
  }

  @Implements("CLI-3")
  private char[] fromFile(String file, String option) {
    byte[] bytes = new byte[MAXIMUM_BYTES + 1];
    try {
      int length = readBytes(file, option, bytes);
      if (length > MAXIMUM_BYTES) {
        throw unfit("The input of " + option + " is longer than 4,096 bytes.", option);
      }
      return decode(bytes, withoutLineEnd(bytes, length), option);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private int readBytes(String file, String option, byte[] bytes) {
    try {
      if (file.equals(STANDARD_INPUT)) {
        return surroundings.input().readNBytes(bytes, 0, bytes.length);
      }
      try (InputStream stream = Files.newInputStream(Path.of(file))) {
        return stream.readNBytes(bytes, 0, bytes.length);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unfit("The file that " + option + " names cannot be read.", option);
    }
  }

  private static int withoutLineEnd(byte[] bytes, int length) {
    if (length == 0 || bytes[length - 1] != '\n') {
      return length;
    }
    return length > 1 && bytes[length - 2] == '\r' ? length - 2 : length - 1;
  }

  private static char[] decode(byte[] bytes, int length, String option) {
    refuseByteOrderMark(bytes, length, option);
    CharBuffer decoded =
        StrictText.decode(ByteBuffer.wrap(bytes, 0, length))
            .orElseThrow(() -> unfit("The input of " + option + " is not UTF-8 text.", option));
    try {
      return Arrays.copyOf(decoded.array(), decoded.limit());
    } finally {
      Arrays.fill(decoded.array(), '\0');
    }
  }

  /** An editor put it there; the user sees nothing of it. */
  private static void refuseByteOrderMark(byte[] bytes, int length, String option) {
    int first = length < 2 ? 0 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    if (first == 0xFEFF || first == 0xFFFE) {
      throw unfit("The input of " + option + " is UTF-16 text, not UTF-8.", option);
    }
    if (first == 0xEFBB && length > 2 && (bytes[2] & 0xFF) == 0xBF) {
      throw unfit(
          "The input of "
              + option
              + " begins with a byte order mark (BOM), three bytes that an editor put before it.",
          option);
    }
  }

  private static Ended unfit(String sentence, String option) {
    return new Ended(
        Answer.usage(
            sentence, "No attempt was spent. Correct it and run again with " + option + "."));
  }

  private static Password prepare(char[] typed, String next) {
    return Password.prepare(typed)
        .match(
            password -> password,
            () -> {
              throw new Ended(
                  Answer.usage("The password is too short: it needs 6 characters.", next)
                      .with("reason", "passwordTooShort"));
            },
            () -> {
              throw new Ended(
                  Answer.usage("The password is too long: it may have 1,024 bytes.", next)
                      .with("reason", "passwordTooLong"));
            },
            () -> {
              throw new Ended(
                  Answer.usage(
                          "The password is empty, or holds a sign that no password may have: a line"
                              + " end, a tab, an invisible sign, or an emoji made of several.",
                          next)
                      .with("reason", "passwordNotAllowed"));
            });
  }

  private static RootKey parseKey(char[] typed) {
    String next = "Nothing was sent and no attempt was spent. Look at the key and run again.";
    return RecoveryKey.parse(typed)
        .match(
            rootKey -> rootKey,
            position -> {
              throw new Ended(
                  Answer.usage(
                          "That is not a 64-digit key: character "
                              + position
                              + " is not one of 0-9 and a-f.",
                          next)
                      .with("reason", "recoveryKeyBadCharacter")
                      .with("position", position));
            },
            digits -> {
              throw new Ended(
                  Answer.usage("That is not a 64-digit key: it has " + digits + " digits.", next)
                      .with("reason", "recoveryKeyWrongLength")
                      .with("digits", digits));
            });
  }
}
