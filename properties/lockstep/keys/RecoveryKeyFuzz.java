package lockstep.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import lockstep.spec.Verifies;

/** Any text is a key, or is told apart as what RKY-3 says. */
class RecoveryKeyFuzz {

  @FuzzTest
  @Verifies({"RKY-1~1", "RKY-3~2"})
  void aTypedTextIsReadByTheRules(byte[] text) {
    String typed = new String(text, StandardCharsets.UTF_8);
    String digits = typed.replaceAll("[ \\t\\n\\r-]", "");
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
                position -> "bad " + typed.charAt(position - 1),
                count -> "length " + count);
    if (!wellFormed) {
      assertThat(outcome).startsWith("bad ").doesNotMatch("(?s)bad [0-9a-fA-F \\t\\n\\r-]");
    } else if (digits.length() == 64) {
      assertThat(outcome).isEqualTo(digits.toLowerCase(Locale.ROOT));
    } else {
      assertThat(outcome).isEqualTo("length " + digits.length());
    }
  }
}
