package lockstep.format;

import java.util.Optional;
import lockstep.kernel.HexDigits;
import lockstep.spec.Implements;

/**
 * The name of an object at the provider: 32 lower-case hexadecimal digits.
 *
 * @param hex the digits
 */
@Implements("OBJ-4")
public record ObjectName(String hex) {

  /** Bytes of the hash that a name shows. */
  static final int HASH_BYTES = 16;

  /**
   * A name of exactly that text.
   *
   * @throws IllegalArgumentException when the text is not a name
   */
  public ObjectName {
    if (!isName(hex)) {
      throw new IllegalArgumentException("not an object name");
    }
  }

  /** The name that a text is, or nothing; for listings, where anything may lie about. */
  public static Optional<ObjectName> parse(String text) {
    return isName(text) ? Optional.of(new ObjectName(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return hex;
  }

  static boolean isName(String text) {
    if (text.length() != 2 * HASH_BYTES) {
      return false;
    }
    return text.chars()
        .allMatch(
            digit -> {
              int value = HexDigits.valueOf((char) digit);
              return value >= 0 && HexDigits.digitOf(value) == digit;
            });
  }
}
