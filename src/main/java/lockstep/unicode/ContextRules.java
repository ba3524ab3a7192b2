package lockstep.unicode;

import lockstep.spec.Decides;

/** The contextual rules of RFC 5892, appendix A: code points that are allowed in company only. */
@Decides("PWD-4")
final class ContextRules {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int MIDDLE_DOT = 0x00B7;
  private static final int KERAIA = 0x0375;
  private static final int GERESH = 0x05F3;
  private static final int GERSHAYIM = 0x05F4;
  private static final int KATAKANA_MIDDLE_DOT = 0x30FB;
  private static final int ARABIC_INDIC_ZERO = 0x0660;
  private static final int EXTENDED_ARABIC_INDIC_ZERO = 0x06F0;

  /** The combining class of a virama (Canonical_Combining_Class). */
  private static final int VIRAMA = 9;

  private final int[] points;
  private final UnicodeTable table;

  /** The rules over the code points of one text; they are read, never changed or kept elsewhere. */
  ContextRules(int[] points, UnicodeTable table) {
    this.points = points.clone();
    this.table = table;
  }

  /** Whether a rule of the appendix decides about {@code point}. */
  static boolean governs(int point) {
    return switch (point) {
      case ZERO_WIDTH_NON_JOINER,
          ZERO_WIDTH_JOINER,
          MIDDLE_DOT,
          KERAIA,
          GERESH,
          GERSHAYIM,
          KATAKANA_MIDDLE_DOT ->
          true;
      default ->
          isDigitAfter(ARABIC_INDIC_ZERO, point) || isDigitAfter(EXTENDED_ARABIC_INDIC_ZERO, point);
    };
  }

  /** Whether the governed code point at {@code index} is allowed there. */
  boolean isAllowedAt(int index) {
    int before = index > 0 ? points[index - 1] : -1;
    int after = index + 1 < points.length ? points[index + 1] : -1;
    return switch (points[index]) {
      case ZERO_WIDTH_NON_JOINER -> followsVirama(before) || standsBetweenJoining(index);
      case ZERO_WIDTH_JOINER -> followsVirama(before);
      case MIDDLE_DOT -> before == 'l' && after == 'l';
      case KERAIA -> table.has("greek", after);
      case GERESH, GERSHAYIM -> table.has("hebrew", before);
      case KATAKANA_MIDDLE_DOT -> anyIsJapanese();
      default ->
          noneIsDigitAfter(
              isDigitAfter(ARABIC_INDIC_ZERO, points[index])
                  ? EXTENDED_ARABIC_INDIC_ZERO
                  : ARABIC_INDIC_ZERO);
    };
  }

  private boolean followsVirama(int before) {
    return table.combiningClass(before) == VIRAMA;
  }

  /** The letter before joins to what follows it, the letter after to what precedes it. */
  private boolean standsBetweenJoining(int index) {
    int before = index - 1;
    while (before >= 0 && table.has("transparent", points[before])) {
      before--;
    }
    int after = index + 1;
    while (after < points.length && table.has("transparent", points[after])) {
      after++;
    }
    return before >= 0
        && after < points.length
        && table.has("joins-next", points[before])
        && table.has("joins-previous", points[after]);
  }

  private boolean anyIsJapanese() {
    for (int point : points) {
      if (table.has("japanese", point)) {
        return true;
      }
    }
    return false;
  }

  private boolean noneIsDigitAfter(int zero) {
    for (int point : points) {
      if (isDigitAfter(zero, point)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigitAfter(int zero, int point) {
    return point >= zero && point <= zero + 9;
  }
}
