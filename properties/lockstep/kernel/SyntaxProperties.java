package lockstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import lockstep.spec.Verifies;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Account names and hexadecimal digits, against the JDK's own decoders. */
class SyntaxProperties {

  @Property(tries = 5000)
  @Verifies({"ENC-4", "ENC-2"})
  void anAccountNameIsWhatTheJdkDecodesWithoutControls(@ForAll("nearlyUtf8") byte[] name) {
    assertThat(AccountSyntax.isAccountName(name)).isEqualTo(isNameByTheJdk(name));
  }

  @Property
  @Verifies("ENC-4")
  void everyTextWithoutControlsIsAnAccountName(@ForAll @Size(min = 1, max = 60) String text) {
    byte[] name = text.getBytes(StandardCharsets.UTF_8);
    assertThat(AccountSyntax.isAccountName(name)).isEqualTo(isNameByTheJdk(name));
  }

  @Example
  @Verifies("ENC-4")
  void accountNamesHave1To255Bytes() {
    assertThat(AccountSyntax.isAccountName(new byte[0])).isFalse();
    assertThat(AccountSyntax.isAccountName("a".repeat(255).getBytes(StandardCharsets.UTF_8)))
        .isTrue();
    assertThat(AccountSyntax.isAccountName("a".repeat(256).getBytes(StandardCharsets.UTF_8)))
        .isFalse();
  }

  @Example
  @Verifies("ENC-4")
  void theEdgesOfControlsAndOfUtf8() {
    for (String bad :
        new String[] {
          "00",
          "1f",
          "7f",
          "c280",
          "c29f",
          "c0af",
          "c1bf",
          "80",
          "c3",
          "e28082e2",
          "e08080",
          "eda080",
          "f0808080",
          "f4908080",
          "f5808080",
          "ff",
          "e28228",
          "f0908028"
        }) {
      assertThat(AccountSyntax.isAccountName(HexFormat.of().parseHex(bad))).as(bad).isFalse();
    }
    for (String good :
        new String[] {
          "20", "7e", "c2a0", "dfbf", "e0a080", "ed9fbf", "ee8080", "f0908080", "f48fbfbf"
        }) {
      assertThat(AccountSyntax.isAccountName(HexFormat.of().parseHex(good))).as(good).isTrue();
    }
  }

  @Property
  @Verifies("RKY-3~2")
  void aDigitIsWhatTheJdkSaysOfAscii(@ForAll char digit) {
    int expected = digit < 128 ? Character.digit(digit, 16) : -1;
    assertThat(HexDigits.valueOf(digit)).isEqualTo(expected);
  }

  @Property
  @Verifies("RKY-1")
  void encodingIsLowerCaseMostSignificantFirst(@ForAll byte[] bytes) {
    assertThat(new String(HexDigits.encode(bytes))).isEqualTo(HexFormat.of().formatHex(bytes));
  }

  @Provide
  Arbitrary<byte[]> nearlyUtf8() {
    Arbitrary<Byte> interesting =
        Arbitraries.of(
                0x00, 0x1f, 0x20, 0x61, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2,
                0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff)
            .map(Integer::byteValue);
    return Arbitraries.oneOf(interesting, Arbitraries.bytes()).array(byte[].class).ofMaxSize(6);
  }

  private static boolean isNameByTheJdk(byte[] name) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
      return name.length >= 1
          && name.length <= 255
          && text.codePoints().noneMatch(c -> c < 0x20 || (c >= 0x7f && c < 0xa0));
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
