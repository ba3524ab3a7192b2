package lockstep.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import lockstep.spec.Verifies;

/** Any text is a key, or is told apart as what RKY-3 says. */
class RecoveryKeyFuzz {

  @FuzzTest
  @Verifies({"RKY-1", "RKY-3~2"})
  void aTypedTextIsReadByTheRules(byte[] text) {
    String typed = new String(text, StandardCharsets.UTF_8);
    int[] signs = typed.codePoints().filter(c -> !isPassedOver(c)).toArray();
    String digits = new String(signs, 0, signs.length);
    boolean wellFormed = digits.matches("[0-9a-fA-F]*");
    String outcome =
        RecoveryKey.parse(typed.toCharArray())
            .match(
                key -> {
                  try (key) {
                    return RecoveryKey.show(
                        key, shown -> new String(shown).replaceAll("[ \\n]", ""));
                  }
                },
                position -> "bad " + typed.codePoints().toArray()[position - 1],
                count -> "length " + count);
    if (!wellFormed) {
      int first =
          digits
              .codePoints()
              .filter(c -> Character.digit(c, 16) < 0 || c > 'f')
              .findFirst()
              .orElseThrow();
      assertThat(outcome).isEqualTo("bad " + first);
    } else if (digits.length() == 64) {
      assertThat(outcome).isEqualTo(digits.toLowerCase(Locale.ROOT));
    } else {
      assertThat(outcome).isEqualTo("length " + digits.length());
    }
  }

  /** RKY-3 by ICU's tables instead of the project's own. */
  private static boolean isPassedOver(int c) {
    return UCharacter.hasBinaryProperty(c, UProperty.WHITE_SPACE)
        || UCharacter.hasBinaryProperty(c, UProperty.DASH)
        || UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
        || UCharacter.getType(c) == UCharacterCategory.FORMAT;
  }
}
