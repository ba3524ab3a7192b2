package lockstep.wire;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.unicode.Normalization;

/**
 * The name of an account: 1 to 255 bytes of UTF-8 in NFC, without control characters (ENC-4,
 * TXT-2). The messenger chooses it; it is public.
 *
 * @param text the name
 */
@Decides("TXT-2")
@Implements("ENC-4")
public record AccountName(String text) {

  /** Longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 255;

  /**
   * @throws IllegalArgumentException (a programmer error) if {@code text} is not a name; ask {@link
   *     #parse} about text from outside
   */
  public AccountName {
    if (!isName(text)) {
      throw new IllegalArgumentException("not an account name");
    }
  }

  /** The name, or empty if {@code text} breaks ENC-4 or TXT-2. */
  public static Optional<AccountName> parse(String text) {
    return isName(text) ? Optional.of(new AccountName(text)) : Optional.empty();
  }

  /** The name's UTF-8, 1 to 255 bytes. */
  public byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isName(String text) {
    if (text.isEmpty()
        || text.length() > MAX_BYTES
        || text.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    try {
      int bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
      return bytes <= MAX_BYTES && Normalization.isNfc(text);
    } catch (CharacterCodingException loneSurrogate) {
      return false;
    }
  }
}
