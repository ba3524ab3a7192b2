package lockstep.unicode;

import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** What people see of a text, and what they do not. */
@Decides("CLI-11~2")
public final class DisplayText {

  private static final int REPLACEMENT = 0xFFFD;

  private DisplayText() {}

  /** Whether {@code point} parts the groups of a key: a space, a dash, or what nobody sees. */
  @Implements("RKY-3~2")
  public static boolean isSeparator(int point) {
    return UnicodeTable.frozen().has("separator", point);
  }

  /**
   * {@code text} with U+FFFD in place of each control, format (of direction and of no width among
   * them), line end, default-ignorable code point and half of a surrogate pair.
   */
  public static String visible(String text) {
    if (text.chars().allMatch(unit -> unit >= ' ' && unit <= '~')) {
      return text;
    }
    UnicodeTable table = UnicodeTable.frozen();
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> table.has("unseen", point) ? REPLACEMENT : point)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
