package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotating a key, disabling, and starting afresh, as a user does them. */
class LeavingProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void userWithABackup() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
  }

  @Test
  @Verifies({"ROT-1~3", "ROT-4", "RST-6~2"})
  void aRotationLeavesOneSetUnderNewNames() throws Exception {
    List<Path> before = objects();
    String oldKey = key();
    String password = user.file("password", Sandbox.PASSWORD);
    Said wrong = user.run("first", "rotate-key", "--password-file", user.file("w", "wrong one"));
    assertThat(wrong.exitCode()).isEqualTo(10);
    Said rotated = user.run("first", "rotate-key", "--password-file", password);
    assertThat(rotated.exitCode()).isZero();
    assertThat(objects()).isNotEmpty().doesNotContainAnyElementsOf(before);
    assertThat(key()).isNotEqualTo(oldKey);
    Said verified = user.run("first", "verify", "--json");
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.json().get("freshnessChecked").asBoolean()).isTrue();
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.path("target/hello.txt")).hasContent("Hello, world.\n");
    Said old =
        user.run(
            "third",
            "restore",
            user.path("target2").toString(),
            "--account",
            Sandbox.ACCOUNT,
            "--provider",
            user.provider.toString(),
            "--recovery-key-file",
            user.file("old-key", oldKey));
    assertThat(old.exitCode()).isEqualTo(14);
  }

  @Test
  @Verifies({"BAK-15~2", "USR-5~2", "USR-3", "CLI-4"})
  void aDeviceWhoseKeyAnotherOneRotatedAsksBeforeItBacksUp() throws Exception {
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
    String password = user.file("password", Sandbox.PASSWORD);
    assertThat(user.run("first", "rotate-key", "--password-file", password).exitCode()).isZero();
    List<Path> before = objects();
    Said asked = user.run("second", "backup", user.source.toString(), "--json");
    assertThat(asked.exitCode()).isEqualTo(40);
    assertThat(asked.json().get("reason").asText()).isEqualTo("recordReplaced");
    user.person = new ScriptedTerminal("n");
    assertThat(user.backup("second").exitCode()).isEqualTo(40);
    user.person = null;
    assertThat(objects()).isEqualTo(before);
    assertThat(user.run("second", "backup", user.source.toString(), "--yes").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
  }

  @Test
  @Verifies("BAK-15~2")
  void aDeviceWhoseAccountAnotherOneDisabledAsksBeforeItBacksUp() throws Exception {
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.run("first", "disable", "--yes").exitCode()).isZero();
    List<Path> before = objects();
    Said asked = user.run("second", "backup", user.source.toString(), "--json");
    assertThat(asked.exitCode()).isEqualTo(40);
    assertThat(asked.json().get("reason").asText()).isEqualTo("recordReplaced");
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  @Verifies({"DIS-1~2", "LEA-1", "CLI-1", "CLI-4"})
  void disablingIsConfirmedAndKeepsTheObjectsUnlessToldOtherwise() throws Exception {
    Said asked = user.run("first", "disable");
    assertThat(asked.exitCode()).isEqualTo(2);
    assertThat(asked.errors()).contains("--yes");
    user.person = new ScriptedTerminal("n");
    assertThat(user.run("first", "disable").exitCode()).isEqualTo(40);
    user.person = new ScriptedTerminal("y");
    assertThat(user.run("first", "disable").exitCode()).isZero();
    user.person = null;
    assertThat(objects()).isNotEmpty();
    assertThat(user.backup("first").exitCode()).isEqualTo(40);
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isEqualTo(13);
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    assertThat(user.run("first", "disable", "--yes", "--delete-backup").exitCode()).isZero();
  }

  @Test
  @Verifies({"DIS-1~2", "CLI-4"})
  void withoutItsVaultNothingIsDisabled() throws Exception {
    Path away = directory.resolve("away");
    Files.move(user.vault, away);
    Said said = user.run("first", "disable", "--yes", "--delete-backup");
    assertThat(said.exitCode()).isEqualTo(31);
    Files.move(away, user.vault);
    assertThat(user.run("first", "verify").exitCode()).isZero();
  }

  @Test
  @Verifies({"DIS-4", "CLI-4"})
  void nothingIsSaidToBeDeletedOnADriveThatIsNotThere() throws Exception {
    Path away = directory.resolve("away");
    List<Path> before = objects();
    Files.move(user.provider, away);
    Files.createDirectory(user.provider);
    Said refused = user.run("first", "disable", "--yes", "--delete-backup", "--json");
    assertThat(refused.exitCode()).isEqualTo(40);
    assertThat(refused.json().path("reason").asText()).isEqualTo("backupGone");
    Files.delete(user.provider);
    Files.createFile(user.provider);
    Said unseen = user.run("first", "disable", "--yes", "--delete-backup");
    assertThat(unseen.exitCode()).isEqualTo(30);
    assertThat(unseen.all()).contains("Nothing was erased.");
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isEqualTo(30);
    Files.delete(user.provider);
    Files.move(away, user.provider);
    assertThat(objects()).isEqualTo(before);
    assertThat(user.run("first", "verify").exitCode()).isZero();
    assertThat(user.run("first", "disable", "--yes", "--delete-backup").exitCode()).isZero();
    assertThat(objects()).isEmpty();
  }

  @Test
  @Verifies({"DIS-3", "LEA-2", "LEA-3~2", "LEA-4", "CLI-4"})
  void aRestartTakesSevenDaysAndAnUnlockCancelsIt() {
    Said asked = restart();
    assertThat(asked.exitCode()).isZero();
    assertThat(asked.output())
        .contains(user.now().plus(Duration.ofDays(7)).toString())
        .contains("stays unreadable")
        .contains("cancels it");
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
    user.advance(Duration.ofDays(8));
    Said again = restart();
    assertThat(again.output()).contains(user.now().plus(Duration.ofDays(7)).toString());
    user.advance(Duration.ofDays(7));
    assertThat(restart().output()).contains("is erased");
    Said enabled =
        user.run(
            "new",
            "enable",
            "--account",
            Sandbox.ACCOUNT,
            "--provider",
            user.provider.toString(),
            "--vault",
            user.vault.toString(),
            "--password-file",
            user.file("fresh", "a fresh password"));
    assertThat(enabled.exitCode()).isZero();
    assertThat(
            user.run(
                    "first",
                    "restart",
                    "--account",
                    Sandbox.ACCOUNT,
                    "--vault",
                    user.vault.toString())
                .exitCode())
        .isEqualTo(40);
  }

  @Test
  @Verifies({"ENR-6", "ENR-9", "LIM-15~2", "USR-5~2", "CLI-4"})
  void aDeviceWhoseRecordWasDestroyedIsEnabledAgainWithItsKey() {
    for (int attempt = 0; attempt < 10; attempt++) {
      if (attempt == 5) {
        user.advance(Duration.ofHours(25));
      }
      user.restoreAtAnyCost("thief", "stolen", "wrong password");
    }
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isEqualTo(12);
    Said told = user.backup("first");
    assertThat(told.exitCode()).isZero();
    assertThat(told.output()).contains("destroyed").contains("lockstep enable");
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isEqualTo(12);
    String keyBefore = key();
    Said same = user.enable("first");
    assertThat(same.exitCode()).isEqualTo(40);
    assertThat(same.errors()).contains("guessed at").contains("--accept-same-password");
    String[] accepting =
        Stream.concat(Stream.of(user.enabling()), Stream.of("--accept-same-password"))
            .toArray(String[]::new);
    assertThat(user.run("first", accepting).exitCode()).isZero();
    assertThat(key()).isEqualTo(keyBefore);
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
  }

  @Test
  @Verifies({"BAK-9~2", "CLI-4"})
  void aBackupWithoutItsVaultIsMarkedAtTheNextContact() throws Exception {
    Path away = directory.resolve("away");
    Files.move(user.vault, away);
    Said unmarked = user.run("first", "backup", user.source.toString(), "--json");
    assertThat(unmarked.exitCode()).isZero();
    assertThat(unmarked.json().get("marked").asBoolean()).isFalse();
    assertThat(unmarked.errors()).contains("Warning");
    Files.move(away, user.vault);
    Said told = user.run("first", "status", "--contact", "--json");
    assertThat(told.json().get("vault").get("markedBackup").asInt()).isEqualTo(2);
    assertThat(user.backup("first").output()).doesNotContain("Warning");
  }

  private Said restart() {
    return user.run(
        "new", "restart", "--account", Sandbox.ACCOUNT, "--vault", user.vault.toString());
  }

  private String key() {
    return user.run(
            "first",
            "show-key",
            "--json",
            "--password-file",
            user.file("password", Sandbox.PASSWORD))
        .json()
        .get("recoveryKey")
        .asText();
  }

  private List<Path> objects() throws Exception {
    try (Stream<Path> files = Files.walk(user.provider)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
