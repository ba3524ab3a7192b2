package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The 64-digit key on the command line: shown once, asked back, typed with and without mistakes.
 */
class RecoveryKeyExitProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void newUser() throws Exception {
    user = new Sandbox(directory.toRealPath());
  }

  @Test
  @Verifies({"RKY-1", "RKY-2", "RKY-4", "HED-4~2", "RST-7", "CLI-4"})
  void theKeyRestoresAndItsTyposAreLocated() {
    String key = enableAndReadKey();
    assertThat(user.backup("first").exitCode()).isZero();
    String wrongDigit =
        (key.charAt(9) == '0' ? key.substring(0, 9) + "1" : key.substring(0, 9) + "0")
            + key.substring(10);
    Said typo = restore(wrongDigit);
    assertThat(typo.exitCode()).isEqualTo(14);
    assertThat(typo.errors()).contains("group 3").doesNotContain(key);
    Said other = restore("0123456789abcdef".repeat(4));
    assertThat(other.exitCode()).isEqualTo(14);
    assertThat(other.errors()).doesNotContain("group");
    Said malformed = restore(key.substring(1));
    assertThat(malformed.exitCode()).isEqualTo(2);
    assertThat(malformed.errors()).contains("63 digits");
    Said restored = restore(key.toUpperCase(Locale.ROOT).replaceAll("(.{4})", "$1-"));
    assertThat(restored.exitCode()).isZero();
    assertThat(restored.output()).contains("cannot check whether there is a newer one");
    assertThat(user.path("target/hello.txt")).hasContent("Hello, world.\n");
  }

  @Test
  @Verifies({"BAK-16~2", "USR-3", "CLI-4"})
  void aDeviceWhoseBackupIsGoneAsksBeforeItMakesANewOne() {
    String key = enableAndReadKey();
    assertThat(user.backup("first").exitCode()).isZero();
    assertThat(restore(key).exitCode()).isZero();
    assertThat(user.run("first", "rotate-key", "--yes").exitCode()).isZero();
    Said asked = user.run("second", "backup", user.source.toString(), "--json");
    assertThat(asked.exitCode()).isEqualTo(40);
    assertThat(asked.json().get("reason").asText()).isEqualTo("backupGone");
    assertThat(user.run("second", "backup", user.source.toString(), "--yes").exitCode()).isZero();
    assertThat(user.run("second", "verify").exitCode()).isZero();
    assertThat(user.run("first", "verify").exitCode()).isZero();
  }

  @Test
  @Verifies({"ENR-4", "CLI-1"})
  void withoutATerminalTheKeyIsShownOnlyWhereNothingNeedsToBeAsked() {
    Said refused = user.run("first", enable());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.errors()).contains("--yes");
    assertThat(user.run("first", "backup", user.source.toString()).exitCode()).isEqualTo(40);
  }

  @Test
  @Verifies("ENR-4")
  void onATerminalAPartOfTheKeyIsAskedBack() {
    RecallingTerminal person = new RecallingTerminal();
    user.person = person;
    assertThat(user.run("first", enable()).exitCode()).isZero();
    assertThat(person.wrongAnswers).isEqualTo(1);
    user.person = null;
    assertThat(user.backup("first").exitCode()).isZero();
  }

  private String[] enable(String... more) {
    String[] all = {
      "enable",
      "--account",
      Sandbox.ACCOUNT,
      "--provider",
      user.provider.toString(),
      "--recovery-key"
    };
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(all), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  private String enableAndReadKey() {
    Said enabled = user.run("first", enable("--yes", "--json"));
    assertThat(enabled.exitCode()).isZero();
    return enabled.json().get("recoveryKey").asText().replaceAll("\\s", "");
  }

  private Said restore(String key) {
    return user.run(
        "second",
        "restore",
        user.path("target").toString(),
        "--account",
        Sandbox.ACCOUNT,
        "--provider",
        user.provider.toString(),
        "--recovery-key-file",
        user.file("key", key));
  }
}
