package lockstep.keys;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import lockstep.kernel.HexDigits;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.unicode.DisplayText;
import org.jspecify.annotations.Nullable;

/**
 * The 64-digit key: the root key as a person reads, types and mistypes it.
 *
 * <p>Digits are characters in arrays that are wiped here, never text that the runtime may keep.
 */
public final class RecoveryKey {

  /** How many hexadecimal digits a key has. */
  public static final int DIGITS = 64;

  /** How many groups the digits are shown in. */
  public static final int GROUPS = 16;

  /** How many digits stand in a group. */
  public static final int GROUP_DIGITS = 4;

  private static final int GROUPS_PER_LINE = 4;

  private RecoveryKey() {}

  /**
   * Calls {@code reader} with the 79 characters that are shown: 16 groups of four lower-case
   * digits, four groups a line, one space or line feed between groups, none after the last. The
   * array is wiped when the reader returns.
   */
  @Decides("RKY-2")
  @Implements({"RKY-1", "KEY-4"})
  public static <R extends @Nullable Object> R show(RootKey rootKey, Function<char[], R> reader) {
    char[] digits = rootKey.expose(HexDigits::encode);
    char[] shown = new char[DIGITS + GROUPS - 1];
    try {
      int next = 0;
      for (int group = 0; group < GROUPS; group++) {
        if (group > 0) {
          shown[next++] = group % GROUPS_PER_LINE == 0 ? '\n' : ' ';
        }
        System.arraycopy(digits, group * GROUP_DIGITS, shown, next, GROUP_DIGITS);
        next += GROUP_DIGITS;
      }
      return reader.apply(shown);
    } finally {
      Arrays.fill(digits, '\0');
      Arrays.fill(shown, '\0');
    }
  }

  /** Reads a key as typed; the array stays the caller's to wipe. */
  @Decides({"RKY-1", "RKY-3~2"})
  @Implements("SEC-5")
  public static RecoveryKeyResult parse(char[] typed) {
    byte[] bytes = new byte[RootKey.LENGTH_BYTES];
    try {
      int digits = 0;
      int characters = 0;
      for (int i = 0; i < typed.length; ) {
        int character = Character.codePointAt(typed, i);
        i += Character.charCount(character);
        characters++;
        if (isSeparator(character)) {
          continue;
        }
        int value = Character.isBmpCodePoint(character) ? HexDigits.valueOf((char) character) : -1;
        if (value < 0) {
          return new RecoveryKeyResult.BadCharacter(characters);
        }
        if (digits < DIGITS) {
          setDigit(bytes, digits, value);
        }
        digits++;
      }
      return digits == DIGITS
          ? new RecoveryKeyResult.Parsed(RootKey.copyOf(bytes))
          : new RecoveryKeyResult.WrongLength(digits);
    } finally {
      SecretBytes.wipe(bytes);
    }
  }

  /**
   * Whether {@code typed} is one group of the key, read as {@link #parse} reads: what a user who
   * was shown the key is asked back.
   *
   * @param group from 1 to 16
   * @throws IllegalArgumentException for a group that there is not
   */
  @Implements("RKY-3~2")
  public static boolean isGroup(RootKey rootKey, int group, char[] typed) {
    if (group < 1 || group > GROUPS) {
      throw new IllegalArgumentException("groups are numbered from 1 to " + GROUPS);
    }
    return rootKey.expose(
        bytes -> {
          int difference = 0;
          int digits = 0;
          for (int i = 0; i < typed.length; ) {
            int character = Character.codePointAt(typed, i);
            i += Character.charCount(character);
            if (isSeparator(character)) {
              continue;
            }
            int expected = digit(bytes, (group - 1) * GROUP_DIGITS + digits % GROUP_DIGITS);
            int value =
                Character.isBmpCodePoint(character) ? HexDigits.valueOf((char) character) : -1;
            difference |= value ^ expected;
            digits++;
          }
          return digits == GROUP_DIGITS && difference == 0;
        });
  }

  /**
   * Looks for the one mistyped digit, or the one pair of swapped neighbours, that keeps a
   * well-formed key from matching. At most 1,023 candidates, each closed after its turn.
   *
   * @param matches whether a candidate fits the key-check value
   * @return the group to look at, from 1 to 16; of a pair in two groups, the first; empty when no
   *     such change mends the key
   */
  @Decides("RKY-4")
  public static OptionalInt locateTypo(RootKey mistyped, Predicate<RootKey> matches) {
    return mistyped.expose(
        bytes -> {
          for (int place = 0; place < DIGITS; place++) {
            if (changeMends(bytes, place, matches) || swapMends(bytes, place, matches)) {
              return OptionalInt.of(place / GROUP_DIGITS + 1);
            }
          }
          return OptionalInt.empty();
        });
  }

  private static boolean changeMends(byte[] bytes, int place, Predicate<RootKey> matches) {
    int typed = digit(bytes, place);
    boolean mends = false;
    for (int change = 1; change < 16 && !mends; change++) {
      setDigit(bytes, place, typed ^ change);
      mends = matches(bytes, matches);
    }
    setDigit(bytes, place, typed);
    return mends;
  }

  private static boolean swapMends(byte[] bytes, int place, Predicate<RootKey> matches) {
    if (place + 1 == DIGITS) {
      return false;
    }
    int first = digit(bytes, place);
    int second = digit(bytes, place + 1);
    setDigit(bytes, place, second);
    setDigit(bytes, place + 1, first);
    boolean mends = matches(bytes, matches);
    setDigit(bytes, place, first);
    setDigit(bytes, place + 1, second);
    return mends;
  }

  private static boolean matches(byte[] bytes, Predicate<RootKey> matches) {
    try (RootKey candidate = RootKey.copyOf(bytes)) {
      return matches.test(candidate);
    }
  }

  private static boolean isSeparator(int character) {
    return character == ' '
        || (character >= '\t' && character <= '\r')
        || character == '-'
        || (character >= 0x80 && DisplayText.isSeparator(character));
  }

  private static int digit(byte[] bytes, int place) {
    int both = bytes[place / 2] & 0xff;
    return place % 2 == 0 ? both >> 4 : both & 0xf;
  }

  private static void setDigit(byte[] bytes, int place, int value) {
    int both = bytes[place / 2] & 0xff;
    bytes[place / 2] =
        (byte) (place % 2 == 0 ? (both & 0xf) | (value << 4) : (both & 0xf0) | value);
  }
}
