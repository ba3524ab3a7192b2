package lockstep.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Labels are the spec's, each used once, and none reads as another. */
class KeyLabelProperties {

  private static final Pattern ROW =
      Pattern.compile("\\| `(lockstep/v1/[a-z-]+)` \\| ([^|]+) \\|.*");

  @Example
  @Verifies("KEY-3~2")
  void theLabelsAndTheirParentsAreTheSpecs() throws IOException {
    Path spec =
        Path.of(System.getProperty("lockstep.basedir", "."), "spec", "10-secrets-and-keys.md");
    List<String> written =
        Files.readAllLines(spec).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1) + " from " + row.group(2).strip())
            .toList();
    List<String> coded =
        Arrays.stream(KeyLabel.values())
            .map(label -> label.text() + " from " + specName(label.parent()))
            .toList();
    assertThat(coded).isEqualTo(written);
  }

  @Example
  @Verifies("KEY-3~2")
  void labelsAreTheSameInEveryLanguage() {
    List<String> here = Arrays.stream(KeyLabel.values()).map(KeyLabel::text).toList();
    Locale before = Locale.getDefault();
    try {
      for (String language : List.of("tr", "az", "lt", "ar", "th")) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(Arrays.stream(KeyLabel.values()).map(KeyLabel::text))
            .as(language)
            .isEqualTo(here);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Example
  @Verifies({"KEY-2", "KEY-3~2"})
  void noLabelIsUsedTwice() {
    assertThat(Arrays.stream(KeyLabel.values()).map(KeyLabel::text)).doesNotHaveDuplicates();
  }

  @Example
  @Verifies("KEY-2")
  void aLabelIsPrefixedWithItsLength() {
    for (KeyLabel label : KeyLabel.values()) {
      byte[] info = label.info();
      assertThat(info[0]).isEqualTo((byte) label.text().length());
      assertThat(new String(info, 1, info.length - 1, StandardCharsets.US_ASCII))
          .isEqualTo(label.text());
    }
  }

  @Property(tries = 50)
  @Verifies("KEY-3~2")
  void noTwoLabelsGiveTheSameSubkey(
      @ForAll @Size(32) byte[] parent, @ForAll KeyLabel one, @ForAll KeyLabel two) {
    try (SecretBytes root = SecretBytes.copyOf(parent);
        SecretBytes first = Hkdf.derive(root, one);
        SecretBytes second = Hkdf.derive(root, two)) {
      assertThat(first.length()).isEqualTo(32);
      assertThat(first.isEqualTo(second)).isEqualTo(one == two);
      assertThat(first.isEqualTo(root)).isFalse();
    }
  }

  private static String specName(KeyLabel.Parent parent) {
    return switch (parent) {
      case ROOT_KEY -> "root key";
      case EXPORT_KEY -> "OPAQUE `exportKey`";
      case SESSION_KEY -> "OPAQUE `sessionKey`";
      case RECORD_SECRET -> "record secret";
    };
  }
}
