package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import lockstep.adapter.durable.DurableStep;
import lockstep.keys.RootKey;
import lockstep.secret.Password;
import lockstep.secret.PasswordResult;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** What is typed or stands in a file is what is used, and nothing else is. */
class SecretInputProperties {

  private static final String OPTION = "--password-file";

  @Property(tries = 200)
  @Verifies({"CLI-2", "CLI-3"})
  void aFileLosesOneLineEndOnly(@ForAll @StringLength(min = 6, max = 60) String text) {
    PasswordResult direct = Password.prepare(text.toCharArray());
    if (!(direct instanceof PasswordResult.Prepared prepared) || text.endsWith("\r")) {
      return;
    }
    for (String lineEnd : new String[] {"", "\n", "\r\n"}) {
      assertThat(password((text + lineEnd).getBytes(StandardCharsets.UTF_8)))
          .matches(read -> read.isEqualTo(prepared.password()));
    }
    // A second line end is part of the text, and no password holds one.
    assertThat(refusal((text + "\n\n").getBytes(StandardCharsets.UTF_8)))
        .containsEntry("reason", "passwordNotAllowed");
  }

  @Property(tries = 200)
  @Verifies("CLI-3")
  void bytesThatAreNoTextAreRefused(@ForAll @Size(min = 1, max = 20) byte[] bytes) {
    byte[] broken = new byte[bytes.length + 7];
    System.arraycopy("secret".getBytes(StandardCharsets.UTF_8), 0, broken, 0, 6);
    broken[6] = (byte) 0xff;
    System.arraycopy(bytes, 0, broken, 7, bytes.length);
    Answer answer = ended(broken);
    assertThat(answer.outcome()).isEqualTo(Outcome.USAGE);
    assertThat(answer.sentence()).contains("UTF-8").contains(OPTION).doesNotContain("secret");
  }

  @Example
  @Verifies("CLI-3")
  void fourThousandNinetySixBytesAreReadAndNoMore() {
    assertThat(refusal("x".repeat(4096).getBytes(StandardCharsets.UTF_8)))
        .containsEntry("reason", "passwordTooLong");
    assertThat(ended("x".repeat(4097).getBytes(StandardCharsets.UTF_8)).sentence())
        .contains("4,096");
  }

  @Example
  @Verifies("CLI-3")
  void fiveCharactersAreTooFew() {
    assertThat(refusal("abcde\n".getBytes(StandardCharsets.UTF_8)))
        .containsEntry("reason", "passwordTooShort");
  }

  @Example
  void withoutATerminalTheMissingOptionIsNamed() {
    SecretInput input = new SecretInput(surroundings(new byte[0], null));
    Ended ended =
        catchThrowableOfType(
            Ended.class, () -> input.password(Optional.empty(), OPTION, "Password: "));
    assertThat(ended.answer().outcome()).isEqualTo(Outcome.USAGE);
    assertThat(ended.answer().sentence()).contains(OPTION);
  }

  @Example
  @Verifies({"CLI-2", "SEC-3"})
  void whatIsTypedIsWiped() {
    ScriptedTerminal terminal = new ScriptedTerminal("correct horse");
    SecretInput input = new SecretInput(surroundings(new byte[0], terminal));
    try (Password password = input.password(Optional.empty(), OPTION, "Password: ")) {
      assertThat(password).isNotNull();
    }
    assertThat(terminal.handedOut.get(0)).containsOnly('\0');
  }

  @Example
  @Verifies("CLI-2")
  void aNewPasswordIsTypedTwice() {
    SecretInput same =
        new SecretInput(surroundings(new byte[0], new ScriptedTerminal("abcdef", "abcdef")));
    try (Password password = same.newPassword(Optional.empty(), OPTION, "New password: ")) {
      assertThat(password).isNotNull();
    }
    SecretInput other =
        new SecretInput(surroundings(new byte[0], new ScriptedTerminal("abcdef", "abcdeg")));
    Ended ended =
        catchThrowableOfType(
            Ended.class, () -> other.newPassword(Optional.empty(), OPTION, "New password: "));
    assertThat(ended.answer().sentence()).contains("not the same");
  }

  @Property(tries = 100)
  @Verifies({"CLI-2", "RKY-3~2"})
  void aRecoveryKeyIsReadFromItsFile(@ForAll @Size(32) byte[] key) {
    byte[] digits = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.UTF_8);
    SecretInput input = new SecretInput(surroundings(digits, null));
    try (RootKey read = input.recoveryKey(Optional.of("-"), "--recovery-key-file", "Key: ");
        RootKey expected = RootKey.copyOf(key)) {
      assertThat(read.isEqualTo(expected)).isTrue();
    }
  }

  @Example
  @Verifies({"RKY-3~2", "CLI-4"})
  void aMalformedRecoveryKeySaysWhere() {
    byte[] digits = ("0123 45x7" + "0".repeat(56)).getBytes(StandardCharsets.UTF_8);
    SecretInput input = new SecretInput(surroundings(digits, null));
    Ended ended =
        catchThrowableOfType(
            Ended.class, () -> input.recoveryKey(Optional.of("-"), "--recovery-key-file", ""));
    assertThat(ended.answer().outcome()).isEqualTo(Outcome.USAGE);
    assertThat(ended.answer().fields()).containsEntry("position", 8);
  }

  private static Password password(byte[] file) {
    return new SecretInput(surroundings(file, null)).password(Optional.of("-"), OPTION, "");
  }

  private static Answer ended(byte[] file) {
    return catchThrowableOfType(Ended.class, () -> password(file)).answer();
  }

  private static Map<String, Object> refusal(byte[] file) {
    return ended(file).fields();
  }

  private static Surroundings surroundings(byte[] input, Terminal terminal) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new Surroundings(
        new ByteArrayInputStream(input),
        nowhere,
        nowhere,
        terminal,
        Map.of(),
        Clock.systemUTC(),
        () -> lockstep.device.state.Stretching.STANDARD,
        DurableStep.NONE);
  }
}
