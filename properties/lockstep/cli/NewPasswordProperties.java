package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import lockstep.cli.Sandbox.Said;
import lockstep.secret.Password;
import lockstep.secret.PasswordResult;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new password that can be guessed is refused or accepted by name; one in force always opens. */
final class NewPasswordProperties {

  private static final AccountName ACCOUNT = new AccountName(Sandbox.ACCOUNT);

  @TempDir Path root;
  private Sandbox user;

  @BeforeEach
  void begin() throws IOException {
    user = new Sandbox(root.toRealPath());
  }

  @Test
  @Verifies("PWD-6")
  void theTenThousandMostCommonPasswordsAreWeak() throws IOException {
    List<String> common;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Zxcvbn.class.getResourceAsStream("matchers/dictionaries/passwords.txt"),
                StandardCharsets.UTF_8))) {
      common = lines.lines().limit(10_000).filter(line -> line.length() >= 6).toList();
    }
    assertThat(common).hasSizeGreaterThan(7_000).contains("123456", "password");
    assertThat(common).allMatch(NewPasswordProperties::isWeak);
  }

  @Test
  @Verifies("PWD-6")
  void whatIsMadeOfNamesDatesAndTheKeyboardIsWeak() {
    for (String weak :
        List.of(
            "aaaaaa",
            "abcdef",
            "qwertyuiop",
            "19850412",
            "jessica1990",
            "Password1!",
            "p@ssword",
            "drowssap",
            "1q2w3e4r",
            Sandbox.ACCOUNT,
            "amara@example.org1",
            "lockstep",
            "Lockstep2026",
            "hunter2hunter2",
            "a".repeat(1024),
            "      ")) {
      assertThat(isWeak(weak)).as(weak).isTrue();
    }
    for (String strong :
        List.of(
            Sandbox.PASSWORD,
            "zkxvqw",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\ud83e\udee8abcdef",
            "correct horse " + "a".repeat(1010),
            "x" + "\ud83d\udd11".repeat(70) + "!")) {
      assertThat(isWeak(strong)).as(strong).isFalse();
    }
  }

  @Test
  @Verifies({"PWD-6", "CLI-4"})
  void enablingRefusesAWeakPasswordAndChangesNothing() {
    Said refused = user.run("first", enabling("123456"));
    assertThat(refused.exitCode()).isEqualTo(40);
    assertThat(refused.json().get("reason").asText()).isEqualTo("passwordWeak");
    assertThat(refused.all()).contains("--accept-weak-password").doesNotContain("123456");
    assertThat(user.vault).doesNotExist();
    assertThat(user.run("first", "status", "--json").json().get("enabled").asBoolean()).isFalse();
  }

  @Test
  @Verifies("PWD-6")
  void anAcceptedOneIsTakenAndOpensWithoutBeingJudged() {
    String[] enabling = enabling("123456");
    assertThat(user.run("first", accepting(enabling)).exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    assertThat(
            user.run("first", "rehearse", "--password-file", user.file("p", "123456")).exitCode())
        .isZero();
    assertThat(user.restore("second", "target", "123456").exitCode()).isZero();
    assertThat(user.path("target/hello.txt")).hasContent("Hello, world.\n");
  }

  @Test
  @Verifies("PWD-6")
  void aChangeToAWeakOneIsRefusedAndSpendsNoAttempt() {
    assertThat(user.enable("first").exitCode()).isZero();
    String[] change = {
      "change-password",
      "--json",
      "--password-file",
      user.file("old", Sandbox.PASSWORD),
      "--new-password-file",
      user.file("new", "iloveyou")
    };
    Said refused = user.run("first", change);
    assertThat(refused.exitCode()).isEqualTo(40);
    assertThat(refused.json().get("reason").asText()).isEqualTo("passwordWeak");
    Said status = user.run("first", "status", "--contact", "--json");
    assertThat(status.json().get("vault").get("attemptsRemaining").asInt()).isEqualTo(5);
    assertThat(user.run("first", accepting(change)).exitCode()).isZero();
    assertThat(
            user.run("first", "rehearse", "--password-file", user.file("p", "iloveyou")).exitCode())
        .isZero();
  }

  private String[] enabling(String password) {
    return new String[] {
      "enable",
      "--json",
      "--account",
      Sandbox.ACCOUNT,
      "--provider",
      user.provider.toString(),
      "--vault",
      user.vault.toString(),
      "--password-file",
      user.file("weak", password)
    };
  }

  private static String[] accepting(String... arguments) {
    String[] more = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    more[arguments.length] = "--accept-weak-password";
    return more;
  }

  private static boolean isWeak(String typed) {
    PasswordResult result = Password.prepare(typed.toCharArray());
    try (Password password = ((PasswordResult.Prepared) result).password()) {
      return PasswordJudge.isWeak(password, ACCOUNT);
    }
  }
}
