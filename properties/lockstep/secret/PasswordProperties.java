package lockstep.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** A typed text becomes the bytes that OpaqueString prescribes, or one of three refusals. */
class PasswordProperties {

  @Property
  @Verifies({"PWD-1~2", "PWD-2"})
  void asciiIsKeptAsTyped(
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(min = 6, max = 1024) String typed) {
    assertThat(prepared(typed)).isEqualTo(typed.getBytes(StandardCharsets.US_ASCII));
  }

  @Example
  @Verifies("PWD-1~2")
  void theProfileComposesMapsSpacesAndKeepsCaseAndWidth() {
    assertThat(text("cafe\u0301s!")).isEqualTo("caf\u00e9s!");
    assertThat(text("one\u00a0two\u3000three")).isEqualTo("one two three");
    assertThat(text("Correct Horse")).isEqualTo("Correct Horse");
    assertThat(text("\uff21\uff22\uff23\uff24\uff25\uff26"))
        .isEqualTo("\uff21\uff22\uff23\uff24\uff25\uff26");
    assertThat(text("\u03c0\u00df\u00e5\ud83d\ude00\ud83d\ude01\ud83d\ude02"))
        .isEqualTo("\u03c0\u00df\u00e5\ud83d\ude00\ud83d\ude01\ud83d\ude02");
  }

  @Property
  @Verifies("PWD-1~2")
  void controlCharactersAreRefused(
      @ForAll @CharRange(from = '\u0000', to = '\u001f') char control,
      @ForAll @IntRange(max = 8) int position) {
    String typed = new StringBuilder("password").insert(position, control).toString();
    assertThat(prepare(typed)).isEqualTo(new PasswordResult.NotAllowed());
  }

  @Example
  @Verifies("PWD-1~2")
  void emptyUnassignedAndBrokenTextIsRefused() {
    assertThat(prepare("")).isEqualTo(new PasswordResult.NotAllowed());
    assertThat(prepare("passwor\u0378d")).isEqualTo(new PasswordResult.NotAllowed());
    assertThat(prepare("password\ud83d")).isEqualTo(new PasswordResult.NotAllowed());
    assertThat(prepare("\ude00password")).isEqualTo(new PasswordResult.NotAllowed());
    assertThat(prepare("password\u007f")).isEqualTo(new PasswordResult.NotAllowed());
  }

  @Example
  @Verifies("PWD-2")
  void lengthIsCountedAfterPreparation() {
    assertThat(prepare("abcde")).isEqualTo(new PasswordResult.TooShort());
    assertThat(prepare("abcde\u0301")).isEqualTo(new PasswordResult.TooShort());
    assertThat(prepare("\ud83d\ude00".repeat(5))).isEqualTo(new PasswordResult.TooShort());
    assertThat(prepared("\ud83d\ude00".repeat(6))).hasSize(24);
    assertThat(prepared("a".repeat(1024))).hasSize(1024);
    assertThat(prepare("a".repeat(1025))).isEqualTo(new PasswordResult.TooLong());
    assertThat(prepared("\u00e9".repeat(512))).hasSize(1024);
    assertThat(prepare("\u00e9".repeat(513))).isEqualTo(new PasswordResult.TooLong());
    assertThat(prepared("e\u0301".repeat(512))).hasSize(1024);
  }

  @Property
  @Verifies("PWD-1~2")
  void whatIsPreparedOnceIsPrepared(
      @ForAll
          @StringLength(min = 24, max = 64)
          @CharRange(from = 'A', to = 'z')
          @CharRange(from = '\u00c0', to = '\u0148')
          @CharRange(from = '\u0300', to = '\u033f')
          @Chars({'\u00a0', '\u3000', '\u2003'})
          String typed) {
    byte[] once = prepared(typed);
    assertThat(prepared(new String(once, StandardCharsets.UTF_8))).isEqualTo(once);
  }

  @Example
  @Verifies({"PWD-1~2", "PWD-2"})
  void eachOutcomeCallsItsOwnFunction() {
    assertThat(outcome("password")).isEqualTo("prepared");
    assertThat(outcome("pass")).isEqualTo("short");
    assertThat(outcome("p".repeat(2000))).isEqualTo("long");
    assertThat(outcome("pass\tword")).isEqualTo("refused");
  }

  @Example
  @Verifies({"SEC-1", "SEC-3", "SEC-4", "SEC-5"})
  void aPasswordPrintsNothingComparesAndForgets() {
    PasswordResult result = prepare("hunter2hunter2");
    assertThat(result.toString()).doesNotContain("hunter2");
    Password password = password(result);
    try (Password same = password.duplicate()) {
      assertThat(password.isEqualTo(same)).isTrue();
      password.close();
      assertThatThrownBy(() -> password.expose(bytes -> 0))
          .isInstanceOf(IllegalStateException.class);
      assertThat(same.<Integer>expose(bytes -> bytes.length)).isEqualTo(14);
    }
  }

  @Example
  @Verifies("SEC-2")
  void theTypedTextIsCopied() {
    char[] typed = "first password".toCharArray();
    PasswordResult result = Password.prepare(typed);
    java.util.Arrays.fill(typed, '\0');
    assertThat(bytes(result)).isEqualTo("first password".getBytes(StandardCharsets.US_ASCII));
  }

  private static PasswordResult prepare(String typed) {
    return Password.prepare(typed.toCharArray());
  }

  private static String outcome(String typed) {
    return prepare(typed)
        .match(password -> "prepared", () -> "short", () -> "long", () -> "refused");
  }

  private static String text(String typed) {
    return new String(prepared(typed), StandardCharsets.UTF_8);
  }

  private static byte[] prepared(String typed) {
    return bytes(prepare(typed));
  }

  private static byte[] bytes(PasswordResult result) {
    try (Password password = password(result)) {
      return password.expose(byte[]::clone);
    }
  }

  private static Password password(PasswordResult result) {
    assertThat(result).isInstanceOf(PasswordResult.Prepared.class);
    return ((PasswordResult.Prepared) result).password();
  }
}
