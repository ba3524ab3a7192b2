package lockstep.kernel;

import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * What an account name is: 1 to 255 bytes of well-formed UTF-8 (RFC 3629) without control
 * characters.
 *
 * <p>Source: ENC-2, ENC-4.
 */
@Decides("ENC-4")
@Implements("ENC-2")
public final class AccountSyntax {

  /** The longest account name in bytes. */
  public static final int MAX_BYTES = 255;

  private AccountSyntax() {}

  /** Whether the bytes are an account name. */
  public static boolean isAccountName(byte[] name) {
    if (name.length < 1 || name.length > MAX_BYTES) {
      return false;
    }
    int next = 0;
    while (next < name.length) {
      int length = sequenceLength(name, next);
      if (length == 0 || isControl(name, next)) {
        return false;
      }
      next += length;
    }
    return true;
  }

  /** The length of the well-formed sequence that begins at a place, or 0. */
  private static int sequenceLength(byte[] text, int at) {
    int lead = text[at] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead < 0xc2 || lead > 0xf4 || text.length - at < length) {
      return 0;
    }
    int second = text[at + 1] & 0xff;
    int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) {
      return 0;
    }
    if (length > 2 && (text[at + 2] & 0xc0) != 0x80) {
      return 0;
    }
    if (length > 3 && (text[at + 3] & 0xc0) != 0x80) {
      return 0;
    }
    return length;
  }

  /** Whether the well-formed sequence at a place is U+0000–U+001F or U+007F–U+009F. */
  private static boolean isControl(byte[] text, int at) {
    int lead = text[at] & 0xff;
    return lead < 0x20 || lead == 0x7f || (lead == 0xc2 && (text[at + 1] & 0xff) < 0xa0);
  }
}
