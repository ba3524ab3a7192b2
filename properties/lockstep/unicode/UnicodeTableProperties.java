package lockstep.unicode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.spec.Verifies;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The frozen table is Unicode 16.0.0 as ICU has it, and NFC over it is ICU's. */
class UnicodeTableProperties {

  private static final Normalizer2 ICU = Normalizer2.getNFCInstance();
  private static final Normalizer2 NFD = Normalizer2.getNFDInstance();

  @Example
  void theTableIsThatOfUnicode16() throws IOException {
    assertThat(UCharacter.getUnicodeVersion().toString()).isEqualTo("16.0.0.0");
    String made = TableFromIcu.text();
    if (Boolean.getBoolean("lockstep.unicode.write")) {
      Path spec = Path.of(System.getProperty("lockstep.basedir", "."), "spec/unicode");
      Files.writeString(spec.resolve("unicode-16.0.0.txt"), made, StandardCharsets.US_ASCII);
    }
    try (InputStream shipped = UnicodeTable.class.getResourceAsStream(UnicodeTable.FILE)) {
      assertThat(shipped).isNotNull();
      assertThat(new String(shipped.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(made);
    }
    assertThat(UnicodeTable.frozen().composition('e', 0x301)).isEqualTo(0xE9);
  }

  @Example
  @Verifies("TXT-1")
  void everyCodePointAloneHasIcusForm() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        String text = Character.toString(point);
        if (!Normalization.nfc(text).equals(ICU.normalize(text))) {
          throw new AssertionError("U+" + Integer.toHexString(point));
        }
      }
    }
  }

  @Property(tries = 5000)
  @Verifies("TXT-1")
  void everyTextHasIcusForm(@ForAll("texts") String text) {
    String form = Normalization.nfc(text);
    assertThat(form).isEqualTo(ICU.normalize(text));
    assertThat(Normalization.isNfc(text)).isEqualTo(form.equals(text));
    assertThat(Normalization.isNfc(form)).isTrue();
  }

  @Example
  @Verifies("TXT-1")
  void marksOfOneClassKeepTheirOrderAndBlockEachOther() {
    // Both are of class 230; with a letter the first composes to nothing and the second to one.
    assertThat(Normalization.nfc("a\u0346\u0301")).isEqualTo("a\u0346\u0301");
    assertThat(Normalization.nfc("a\u0301\u0346")).isEqualTo("\u00e1\u0346");
    // The mark between is of a lower class and blocks nothing.
    assertThat(Normalization.nfc("a\u0316\u0301")).isEqualTo("\u00e1\u0316");
    assertThat(Normalization.nfc("a\u0301\u0316")).isEqualTo("\u00e1\u0316");
  }

  @Example
  @Verifies("TXT-1")
  void whatUnicode16DoesNotAssignStays() {
    // Assigned by Unicode 17, and by nothing before it.
    String unassigned = "e\uD83E\uDEC8\u0301";
    assertThat(Normalization.nfc(unassigned)).isEqualTo(unassigned);
  }

  @Example
  @Verifies("RST-5")
  void everyCodePointAloneFoldsAsIcuFoldsIt() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        requireIcusFolding(Character.toString(point));
      }
    }
  }

  @Property(tries = 2000)
  @Verifies("RST-5")
  void everyTextFoldsAsIcuFoldsIt(@ForAll("texts") String text) {
    requireIcusFolding(text);
  }

  private static void requireIcusFolding(String text) {
    String folded = NFD.normalize(UCharacter.foldCase(NFD.normalize(text), true));
    if (!FoldedName.of(text).equals(folded)) {
      throw new AssertionError(text.codePoints().mapToObj(Integer::toHexString).toList());
    }
  }

  @Example
  void aPropertyThatTheTableLacksIsAnError() {
    assertThatThrownBy(() -> UnicodeTable.frozen().has("nothing", 'a'))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Runs of letters, marks of many classes, jamo, syllables and composition's exceptions. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> points =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.integers().between('A', 'z')),
            net.jqwik.api.Tuple.of(6, Arbitraries.integers().between(0x300, 0x36F)),
            net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(0xC0, 0x233)),
            net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(0x1E00, 0x1FFF)),
            net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(0x1100, 0x11FF)),
            net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(0xAC00, 0xAC40)),
            net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(0x900, 0xDFF)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0x5B0, 0x5EA)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0x11000, 0x11FFF)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0x1D15E, 0x1D1C0)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0xF900, 0xFAD9)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0xE000, 0x10FFFF)));
    return points
        .list()
        .ofMaxSize(12)
        .map(
            list ->
                list.stream()
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
  }
}
