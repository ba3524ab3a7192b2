package lockstep.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lockstep.spec.Verifies;
import lockstep.unicode.DisplayText;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** The 64-digit key: what is shown is what is read, and a typo is found. */
class RecoveryKeyProperties {

  private static final int NOT_PARSED = -1;

  @Property
  @Verifies({"RKY-1", "RKY-2", "KEY-4"})
  void theKeyIsShownInFourLinesOfFourGroups(@ForAll @Size(32) byte[] bytes) {
    String digits = HexFormat.of().formatHex(bytes);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      if (i > 0 && i % 4 == 0) {
        expected.append(i % 16 == 0 ? '\n' : ' ');
      }
      expected.append(digits.charAt(i));
    }
    assertThat(shown(bytes)).isEqualTo(expected.toString()).hasSize(79);
  }

  @Property
  @Verifies({"RKY-2", "SEC-3"})
  void whatWasShownIsWiped(@ForAll boolean readerFails) {
    AtomicReference<char[]> leaked = new AtomicReference<>(new char[0]);
    try (RootKey key = RootKey.copyOf(filled(7))) {
      RecoveryKey.show(
          key,
          text -> {
            leaked.set(text);
            if (readerFails) {
              throw new IllegalStateException("reader");
            }
            return 0;
          });
      assertThat(readerFails).isFalse();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("reader");
    }
    assertThat(leaked.get()).hasSize(79).containsOnly('\0');
  }

  @Property
  @Verifies({"RKY-1", "RKY-3~2"})
  void whatIsShownIsReadBackHoweverItIsTyped(
      @ForAll @Size(32) byte[] bytes,
      @ForAll @StringLength(max = 30) @CharRange(from = ' ', to = ' ') String spaces,
      @ForAll("separators") List<Character> separators,
      @ForAll boolean upperCase) {
    List<Character> typed = new ArrayList<>();
    String text = upperCase ? HexFormat.of().withUpperCase().formatHex(bytes) : shown(bytes);
    (spaces + text).chars().forEach(c -> typed.add((char) c));
    for (int i = 0; i < separators.size(); i++) {
      typed.add(i * 37 % (typed.size() + 1), separators.get(i));
    }
    assertParsesTo(bytes, chars(typed));
  }

  @Property
  @Verifies({"RKY-3~2", "SEC-5"})
  void theFirstBadCharacterIsNamedByItsPlace(
      @ForAll @Size(32) byte[] bytes,
      @ForAll @IntRange(max = 79) int place,
      @ForAll @IntRange(max = 79) int later,
      @ForAll("badCharacters") char bad) {
    StringBuilder text = new StringBuilder(shown(bytes)).insert(Math.max(place, later), '!');
    text.insert(place, bad);
    RecoveryKeyResult result = RecoveryKey.parse(text.toString().toCharArray());
    assertThat(result).isEqualTo(new RecoveryKeyResult.BadCharacter(place + 1));
    assertThat(result.<Integer>match(k -> NOT_PARSED, position -> position, digits -> NOT_PARSED))
        .isEqualTo(place + 1);
  }

  @Property
  @Verifies("RKY-3~2")
  void placesAreCountedInCodePoints(@ForAll @IntRange(max = 20) int signs) {
    // A tag that nobody sees takes two units of UTF-16; so does U+10041, whose low half is an A.
    String text = "\uDB40\uDC01".repeat(signs) + "\uD800\uDC41";
    assertThat(RecoveryKey.parse(text.toCharArray()))
        .isEqualTo(new RecoveryKeyResult.BadCharacter(signs + 1));
  }

  @Property
  @Verifies("RKY-3~2")
  void otherThan64DigitsIsCounted(@ForAll @IntRange(max = 200) int count) {
    char[] typed = "0123456789abcdef".repeat(13).substring(0, count).toCharArray();
    RecoveryKeyResult result = RecoveryKey.parse(typed);
    if (count == 64) {
      assertThat(result).isInstanceOf(RecoveryKeyResult.Parsed.class);
    } else {
      assertThat(result).isEqualTo(new RecoveryKeyResult.WrongLength(count));
      assertThat(result.<Integer>match(k -> NOT_PARSED, p -> NOT_PARSED, digits -> digits))
          .isEqualTo(count);
    }
  }

  @Property(tries = 200)
  @Verifies("RKY-4")
  void aChangedDigitIsLocated(
      @ForAll @Size(32) byte[] bytes,
      @ForAll @IntRange(max = 63) int place,
      @ForAll @IntRange(min = 1, max = 15) int change) {
    byte[] typed = bytes.clone();
    typed[place / 2] ^= (byte) (place % 2 == 0 ? change << 4 : change);
    assertThat(locate(typed, bytes)).hasValue(place / 4 + 1);
  }

  @Property(tries = 200)
  @Verifies("RKY-4")
  void swappedNeighboursAreLocated(
      @ForAll @Size(32) byte[] bytes, @ForAll @IntRange(max = 62) int place) {
    char[] digits = HexFormat.of().formatHex(bytes).toCharArray();
    char first = digits[place];
    digits[place] = digits[place + 1];
    digits[place + 1] = first;
    byte[] typed = HexFormat.of().parseHex(new String(digits));
    if (!Arrays.equals(typed, bytes)) {
      assertThat(locate(typed, bytes)).hasValue(place / 4 + 1);
    }
  }

  @Property(tries = 100)
  @Verifies("RKY-4")
  void twoTyposAreNotLocated(
      @ForAll @Size(32) byte[] bytes,
      @ForAll @IntRange(max = 30) int one,
      @ForAll @IntRange(min = 33, max = 63) int two) {
    byte[] typed = bytes.clone();
    typed[one / 2] ^= 0x11;
    typed[two / 2] ^= 0x11;
    assertThat(locate(typed, bytes)).isEmpty();
  }

  @Example
  @Verifies("RKY-4")
  void theSearchTriesEveryNeighbourOnceAndClosesEachCandidate() {
    byte[] typed = filled(0x5a);
    List<RootKey> candidates = new ArrayList<>();
    AtomicInteger distance = new AtomicInteger();
    try (RootKey key = RootKey.copyOf(typed)) {
      OptionalInt group =
          RecoveryKey.locateTypo(
              key,
              candidate -> {
                candidates.add(candidate);
                distance.addAndGet(candidate.isEqualTo(key) ? 1 : 0);
                return false;
              });
      assertThat(group).isEmpty();
      assertThat(key.<byte[]>expose(byte[]::clone)).isEqualTo(typed);
    }
    assertThat(candidates).hasSize(64 * 15 + 63);
    assertThat(distance).hasValue(0);
    assertThat(candidates)
        .allSatisfy(
            candidate ->
                assertThatThrownBy(() -> candidate.expose(byte[]::clone))
                    .isInstanceOf(IllegalStateException.class));
  }

  @Property(tries = 200)
  @Verifies("RKY-3~2")
  void onlyItsOwnDigitsConfirmAGroup(
      @ForAll @Size(32) byte[] bytes,
      @ForAll @IntRange(min = 1, max = 16) int group,
      @ForAll @IntRange(max = 3) int wrongPlace) {
    String digits = HexFormat.of().formatHex(bytes).substring(group * 4 - 4, group * 4);
    char[] wrong = digits.toCharArray();
    wrong[wrongPlace] = wrong[wrongPlace] == '0' ? '1' : '0';
    try (RootKey key = RootKey.copyOf(bytes)) {
      assertThat(RecoveryKey.isGroup(key, group, digits.toCharArray())).isTrue();
      assertThat(
              RecoveryKey.isGroup(
                  key, group, (" " + digits.toUpperCase(Locale.ROOT) + "-\n").toCharArray()))
          .isTrue();
      assertThat(RecoveryKey.isGroup(key, group, wrong)).isFalse();
      assertThat(RecoveryKey.isGroup(key, group, digits.substring(1).toCharArray())).isFalse();
      assertThat(RecoveryKey.isGroup(key, group, (digits + digits).toCharArray())).isFalse();
      assertThat(RecoveryKey.isGroup(key, group, (digits + "?").toCharArray())).isFalse();
      String alike = digits.substring(0, 3) + Character.toString(0x10000 + digits.charAt(3));
      assertThat(RecoveryKey.isGroup(key, group, alike.toCharArray())).isFalse();
      assertThat(RecoveryKey.isGroup(key, group, new char[0])).isFalse();
      assertThatThrownBy(() -> RecoveryKey.isGroup(key, 0, wrong))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> RecoveryKey.isGroup(key, 17, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Provide
  Arbitrary<List<Character>> separators() {
    return Arbitraries.of(
            ' ', '\t', '\n', '\r', '\f', '-', '\u00a0', '\u00ad', '\u200b', '\u202f', '\u2011',
            '\u2013', '\u2212', '\u3000', '\ufeff', '\uff0d')
        .list()
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<Character> badCharacters() {
    return Arbitraries.oneOf(
        Arbitraries.chars().filter(c -> c > 127 && !DisplayText.isSeparator(c)),
        Arbitraries.of(
            'g', 'G', '/', ':', '@', '`', '_', '.', 'o', 'O', 'l', '\0', '\u0007', '\u001f'));
  }

  private static OptionalInt locate(byte[] typed, byte[] right) {
    try (RootKey mistyped = RootKey.copyOf(typed);
        RootKey key = RootKey.copyOf(right)) {
      return RecoveryKey.locateTypo(mistyped, key::isEqualTo);
    }
  }

  private static void assertParsesTo(byte[] bytes, char[] typed) {
    byte[] parsed =
        RecoveryKey.parse(typed)
            .match(
                key -> {
                  try (key) {
                    return key.<byte[]>expose(byte[]::clone);
                  }
                },
                position -> new byte[0],
                digits -> new byte[0]);
    assertThat(parsed).isEqualTo(bytes);
  }

  private static String shown(byte[] bytes) {
    try (RootKey key = RootKey.copyOf(bytes)) {
      return RecoveryKey.show(key, text -> new String(text));
    }
  }

  private static char[] chars(List<Character> list) {
    char[] chars = new char[list.size()];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = list.get(i);
    }
    return chars;
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
