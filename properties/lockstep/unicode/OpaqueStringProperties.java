package lockstep.unicode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What OpaqueString takes and refuses, rule by rule. */
class OpaqueStringProperties {

  /** Stands in PWD-5. */
  private static final String FROZEN =
      "435ea6c1d09dd2dd26020ce3c95fc07415b00474ecdaa6273c06c243504bef12";

  @Example
  @Verifies("PWD-5")
  void noCodePointIsPreparedInAnotherWayThanTheClauseFroze() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        byte[] prepared = prepared("pass" + Character.toString(point) + "word");
        digest.update((byte) prepared.length);
        digest.update(prepared);
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(FROZEN);
  }

  @Example
  @Verifies({"PWD-1~2", "PWD-5"})
  void whatComposesSinceUnicode16DoesWhateverTheRuntimeHas() {
    assertThat(text("pass\uD81B\uDD67\uD81B\uDD67")).isEqualTo("pass\uD81B\uDD68");
    assertThat(text("pass\uD81B\uDD63\uD81B\uDD67")).isEqualTo("pass\uD81B\uDD69");
  }

  @Example
  @Verifies("PWD-1~2")
  void decomposedTextIsTheSamePassword() {
    assertThat(text("cafe\u0301 noir")).isEqualTo("caf\u00e9 noir");
    // Hangul as a decomposing keyboard sends it: conjoining jamo that compose.
    assertThat(text("\u1112\u1161\u11ab\u1100\u1173\u11af")).isEqualTo("\ud55c\uae00");
    assertThat(text("q\u0323\u0307 word")).isEqualTo(text("q\u0307\u0323 word"));
  }

  @Example
  @Verifies("PWD-1~2")
  void spacesOfEveryKindAreOneSpace() {
    String spaces =
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
            + "\u3000";
    spaces.chars().forEach(space -> assertThat(text("a" + (char) space + "b")).isEqualTo("a b"));
  }

  @Example
  @Verifies("PWD-1~2")
  void theExceptionsOfTheTableAreAsTheyAreListed() {
    for (int valid : new int[] {0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007}) {
      assertThat(isTaken("pass" + Character.toString(valid))).isTrue();
    }
    int[] disallowed = {
      0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B
    };
    for (int one : disallowed) {
      assertThat(isTaken("pass" + Character.toString(one))).isFalse();
    }
  }

  @Example
  @Verifies("PWD-1~2")
  void whatNobodySeesIsRefused() {
    int[] ignorable = {
      0xAD, 0x34F, 0x61C, 0x115F, 0x17B4, 0x180B, 0x180E, 0x200B, 0x200E, 0x202E, 0x2060, 0x2066,
      0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0x1BCA0, 0x1D173, 0xE0001, 0xE0100, 0xE01EF
    };
    for (int one : ignorable) {
      assertThat(isTaken("pass" + Character.toString(one) + "word")).isFalse();
    }
    // Controls, private use, non-characters, lone jamo, unassigned.
    for (int one : new int[] {0x7, 0x85, 0xE000, 0xFDD0, 0x1FFFE, 0x1100, 0x378, 0x1FAC8}) {
      assertThat(isTaken("pass" + Character.toString(one) + "word")).isFalse();
    }
    // Assigned by Unicode 14 to 16: on a JDK 17 that asked its own tables they would be refused.
    for (int one : new int[] {0x1FAE8, 0x1F6DD, 0x61D, 0x1FAE9, 0x1C89}) {
      assertThat(isTaken("pass" + Character.toString(one) + "word")).isTrue();
    }
  }

  @Example
  @Verifies("PWD-1~2")
  void halfASurrogatePairIsNoCharacter() {
    assertThat(isTaken("passwor\ud83d")).isFalse();
    assertThat(isTaken("\ude00password")).isFalse();
    assertThat(isTaken("pass\ude00\ud83dword")).isFalse();
    assertThat(isTaken("")).isFalse();
  }

  @Example
  @Verifies("PWD-4")
  void theNonJoinerStandsAfterAViramaOrBetweenJoiningLetters() {
    // Persian; a transparent mark between; after a virama.
    assertThat(isTaken("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")).isTrue();
    assertThat(isTaken("\u0628\u064e\u200c\u064e\u0628")).isTrue();
    assertThat(isTaken("\u0915\u094d\u200c\u0937")).isTrue();
    assertThat(isTaken("\ua872\u200c\u0628")).isTrue();
    // Alef joins to nothing after it; nothing after; nothing before; Latin.
    assertThat(isTaken("\u0627\u200c\u0628")).isFalse();
    assertThat(isTaken("\u0628\u200c")).isFalse();
    assertThat(isTaken("\u0628\u200c\u064e")).isFalse();
    assertThat(isTaken("\u200c\u0628")).isFalse();
    assertThat(isTaken("\u064e\u200c\u0628")).isFalse();
    assertThat(isTaken("\u0628\u200ca")).isFalse();
    assertThat(isTaken("pass\u200cword")).isFalse();
    assertThat(isTaken("\u0628\u200c\u200c\u0628")).isFalse();
  }

  @Example
  @Verifies("PWD-4")
  void theJoinerStandsAfterAVirama() {
    assertThat(isTaken("\u0915\u094d\u200d\u0937")).isTrue();
    assertThat(isTaken("\u0dc1\u0dca\u200d\u0dbb\u0dd3")).isTrue();
    assertThat(isTaken("\u0915\u200d\u0937")).isFalse();
    assertThat(isTaken("\u0628\u200d\u0628")).isFalse();
    assertThat(isTaken("\u200d\u0937")).isFalse();
    // A family is people joined: no virama.
    assertThat(isTaken("\ud83d\udc68\u200d\ud83d\udc69")).isFalse();
  }

  @Example
  @Verifies("PWD-4")
  void theMiddleDotStandsBetweenTwoL() {
    assertThat(isTaken("col\u00b7lecci\u00f3")).isTrue();
    assertThat(isTaken("COL\u00b7LECCIO")).isFalse();
    assertThat(isTaken("l\u00b7a")).isFalse();
    assertThat(isTaken("a\u00b7l")).isFalse();
    assertThat(isTaken("\u00b7l")).isFalse();
    assertThat(isTaken("l\u00b7")).isFalse();
    // U+0387 is the same after NFC.
    assertThat(isTaken("pass\u0387word")).isFalse();
    assertThat(text("l\u0387l")).isEqualTo("l\u00b7l");
  }

  @Example
  @Verifies("PWD-4")
  void theKeraiaStandsBeforeGreek() {
    assertThat(isTaken("\u0375\u03b1\u03b2")).isTrue();
    assertThat(isTaken("\u03b1\u0375")).isFalse();
    assertThat(isTaken("\u0375a")).isFalse();
  }

  @Property
  @Verifies("PWD-4")
  void gereshAndGershayimStandAfterHebrew(
      @ForAll @IntRange(min = 0x5F3, max = 0x5F4) int sign,
      @ForAll @IntRange(min = 0x5D0, max = 0x5EA) int letter) {
    String geresh = Character.toString(sign);
    assertThat(isTaken(Character.toString(letter) + geresh)).isTrue();
    assertThat(isTaken(geresh + Character.toString(letter))).isFalse();
    assertThat(isTaken("a" + geresh + Character.toString(letter))).isFalse();
  }

  @Example
  @Verifies("PWD-4")
  void theKatakanaMiddleDotStandsInJapaneseText() {
    assertThat(isTaken("\u30fb\u30a2")).isTrue();
    assertThat(isTaken("abc\u30fb\u3042")).isTrue();
    assertThat(isTaken("\u4e2d\u30fb")).isTrue();
    assertThat(isTaken("\u30fb")).isFalse();
    assertThat(isTaken("abc\u30fbdef")).isFalse();
    assertThat(isTaken("\ud55c\u30fb\uae00")).isFalse();
  }

  @Property
  @Verifies("PWD-4")
  void arabicDigitsOfTwoKindsAreNotMixed(
      @ForAll @IntRange(max = 9) int one, @ForAll @IntRange(max = 9) int other) {
    String arabic = Character.toString(0x660 + one);
    String extended = Character.toString(0x6F0 + other);
    assertThat(isTaken("pin " + arabic + arabic + "1")).isTrue();
    assertThat(isTaken("pin " + extended + "2" + extended)).isTrue();
    assertThat(isTaken(arabic + "-" + extended)).isFalse();
    assertThat(isTaken(extended + "-" + arabic)).isFalse();
  }

  private static boolean isTaken(String typed) {
    return OpaqueString.enforce(typed.toCharArray()).isPresent();
  }

  private static String text(String typed) {
    return new String(prepared(typed), StandardCharsets.UTF_8);
  }

  private static byte[] prepared(String typed) {
    return OpaqueString.enforce(typed.toCharArray())
        .map(
            points ->
                Arrays.stream(points)
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString())
        .orElse("")
        .getBytes(StandardCharsets.UTF_8);
  }
}
