package lockstep.unicode;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * The frozen table, made from ICU's data. ICU is a dependency of the tests alone, of the version
 * that has Unicode 16.0.0.
 */
final class TableFromIcu {

  private static final List<String> HEAD =
      List.of(
          "# Unicode 16.0.0: what NFC, the OpaqueString profile (RFC 8264, 8265) and RST-5 need of"
              + " it.",
          "# Made from ICU 77.1, frozen (PWD-5), and compared with it by every build:",
          "#   mvn test -Dtest=UnicodeTableProperties [-Dlockstep.unicode.write=true]",
          "# freeform: allowed in any place. space: becomes U+0020. combining: class of order.",
          "# unseen: controls, formats, line ends, surrogates, default-ignorable; for CLI-11.",
          "# separator: white space, dashes and unseen that is no control; for RKY-3.",
          "# transparent, joins-next, joins-previous, greek, hebrew, japanese: for RFC 5892,"
              + " A.1-A.9.",
          "# makes: the first is made of the other two, and they make it; made: not put together.",
          "# folds: the full case folding (C and F) of the first, where it is not itself.");

  /** RFC 8264, 9.6, with RFC 5892, 2.6: valid, and disallowed, whatever their properties say. */
  private static final Set<Integer> VALID = Set.of(0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007);

  private static final Set<Integer> DISALLOWED =
      Set.of(0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B);

  private static final Set<Integer> CATEGORIES =
      Set.of(
          (int) UCharacter.LOWERCASE_LETTER,
          (int) UCharacter.UPPERCASE_LETTER,
          (int) UCharacter.OTHER_LETTER,
          (int) UCharacter.DECIMAL_DIGIT_NUMBER,
          (int) UCharacter.MODIFIER_LETTER,
          (int) UCharacter.NON_SPACING_MARK,
          (int) UCharacter.COMBINING_SPACING_MARK,
          (int) UCharacter.TITLECASE_LETTER,
          (int) UCharacter.LETTER_NUMBER,
          (int) UCharacter.OTHER_NUMBER,
          (int) UCharacter.ENCLOSING_MARK,
          (int) UCharacter.SPACE_SEPARATOR,
          (int) UCharacter.MATH_SYMBOL,
          (int) UCharacter.CURRENCY_SYMBOL,
          (int) UCharacter.MODIFIER_SYMBOL,
          (int) UCharacter.OTHER_SYMBOL,
          (int) UCharacter.CONNECTOR_PUNCTUATION,
          (int) UCharacter.DASH_PUNCTUATION,
          (int) UCharacter.START_PUNCTUATION,
          (int) UCharacter.END_PUNCTUATION,
          (int) UCharacter.INITIAL_PUNCTUATION,
          (int) UCharacter.FINAL_PUNCTUATION,
          (int) UCharacter.OTHER_PUNCTUATION);

  private final StringBuilder text = new StringBuilder();

  private TableFromIcu() {}

  static String text() {
    TableFromIcu table = new TableFromIcu();
    HEAD.forEach(line -> table.text.append(line).append('\n'));
    table.set("freeform", TableFromIcu::isFreeform);
    table.set(
        "space", point -> point != ' ' && UCharacter.getType(point) == UCharacter.SPACE_SEPARATOR);
    table.set("unseen", TableFromIcu::isUnseen);
    table.set("separator", TableFromIcu::isSeparator);
    table.ranges("combining", UCharacter::getCombiningClass, true);
    table.joining("transparent", UCharacter.JoiningType.TRANSPARENT);
    table.joining(
        "joins-next", UCharacter.JoiningType.LEFT_JOINING, UCharacter.JoiningType.DUAL_JOINING);
    table.joining(
        "joins-previous",
        UCharacter.JoiningType.RIGHT_JOINING,
        UCharacter.JoiningType.DUAL_JOINING);
    table.script("greek", UScript.GREEK);
    table.script("hebrew", UScript.HEBREW);
    table.script("japanese", UScript.HIRAGANA, UScript.KATAKANA, UScript.HAN);
    table.compositions();
    table.foldings();
    return table.text.toString();
  }

  /** The derivation of RFC 8264, section 8, for the FreeformClass. */
  private static boolean isFreeform(int point) {
    int category = UCharacter.getType(point);
    if (VALID.contains(point)) {
      return true;
    }
    if (DISALLOWED.contains(point) || ContextRules.governs(point)) {
      return false;
    }
    if (point >= 0x21 && point <= 0x7E) {
      return true;
    }
    boolean ignorable =
        UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
            || UCharacter.hasBinaryProperty(point, UProperty.NONCHARACTER_CODE_POINT);
    return category != UCharacter.UNASSIGNED
        && !isOldHangulJamo(point)
        && !ignorable
        && category != UCharacter.CONTROL
        && (hasCompatibility(point) || CATEGORIES.contains(category));
  }

  private static boolean isUnseen(int point) {
    int category = UCharacter.getType(point);
    return category == UCharacter.CONTROL
        || category == UCharacter.FORMAT
        || category == UCharacter.LINE_SEPARATOR
        || category == UCharacter.PARAGRAPH_SEPARATOR
        || category == UCharacter.SURROGATE
        || UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
  }

  private static boolean isSeparator(int point) {
    int category = UCharacter.getType(point);
    boolean unseenButNoControl =
        isUnseen(point)
            && category != UCharacter.CONTROL
            && category != UCharacter.SURROGATE
            && category != UCharacter.UNASSIGNED;
    return unseenButNoControl
        || UCharacter.hasBinaryProperty(point, UProperty.WHITE_SPACE)
        || UCharacter.hasBinaryProperty(point, UProperty.DASH);
  }

  private static boolean isOldHangulJamo(int point) {
    int type = UCharacter.getIntPropertyValue(point, UProperty.HANGUL_SYLLABLE_TYPE);
    return type == UCharacter.HangulSyllableType.LEADING_JAMO
        || type == UCharacter.HangulSyllableType.VOWEL_JAMO
        || type == UCharacter.HangulSyllableType.TRAILING_JAMO;
  }

  private static boolean hasCompatibility(int point) {
    return UCharacter.getType(point) != UCharacter.SURROGATE
        && !Normalizer2.getNFKCInstance().isNormalized(Character.toString(point));
  }

  private void joining(String name, int... types) {
    set(
        name,
        point -> {
          int type = UCharacter.getIntPropertyValue(point, UProperty.JOINING_TYPE);
          return java.util.Arrays.stream(types).anyMatch(one -> one == type);
        });
  }

  private void script(String name, int... scripts) {
    set(
        name,
        point -> {
          int script = UScript.getScript(point);
          return java.util.Arrays.stream(scripts).anyMatch(one -> one == script);
        });
  }

  private void set(String name, IntPredicate property) {
    ranges(name, point -> property.test(point) ? 1 : 0, false);
  }

  private void ranges(String name, IntUnaryOperator property, boolean withValue) {
    int first = 0;
    for (int point = 1; point <= Character.MAX_CODE_POINT + 1; point++) {
      int value = property.applyAsInt(first);
      if (point > Character.MAX_CODE_POINT || property.applyAsInt(point) != value) {
        if (value != 0) {
          text.append(name).append(' ').append(hex(first));
          text.append(point - 1 > first ? ".." + hex(point - 1) : "");
          text.append(withValue ? " " + value : "").append('\n');
        }
        first = point;
      }
    }
  }

  private void compositions() {
    Normalizer2 nfc = Normalizer2.getNFCInstance();
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      boolean isSyllable = point >= 0xAC00 && point <= 0xD7A3;
      String raw = isSyllable ? null : nfc.getRawDecomposition(point);
      if (raw != null) {
        int[] parts = raw.codePoints().toArray();
        boolean makes = parts.length == 2 && nfc.composePair(parts[0], parts[1]) == point;
        parts(makes ? "makes " : "made ", point, parts);
      }
    }
  }

  private void foldings() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String alone = Character.toString(point);
      String folded = UCharacter.foldCase(alone, true);
      if (!folded.equals(alone)) {
        parts("folds ", point, folded.codePoints().toArray());
      }
    }
  }

  private void parts(String name, int point, int[] parts) {
    text.append(name).append(hex(point));
    for (int part : parts) {
      text.append(' ').append(hex(part));
    }
    text.append('\n');
  }

  private static String hex(int point) {
    return String.format(java.util.Locale.ROOT, "%04X", point);
  }
}
