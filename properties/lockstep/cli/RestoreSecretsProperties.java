package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which secret a restore uses, and what it costs. */
class RestoreSecretsProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void userWithABackup() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
  }

  @Test
  @Verifies({"CLI-10", "RST-8"})
  void anEnabledDeviceRestoresWithItsOwnKey() {
    Said said = user.run("first", "restore", user.path("target").toString());
    assertThat(said.exitCode()).isZero();
    assertThat(attemptsRemaining("first")).isEqualTo(5);
  }

  @Test
  @Verifies("CLI-10")
  void aPasswordThatIsNamedIsUsed() {
    assertThat(user.restore("first", "target", "wrong password").exitCode()).isEqualTo(10);
    assertThat(attemptsRemaining("first")).isEqualTo(4);
    assertThat(user.restore("first", "target", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(attemptsRemaining("first")).isEqualTo(5);
  }

  @Test
  @Verifies({"CLI-10", "RST-8"})
  void aRestoreThatWasRefusedIsRunAgainWithoutAnAttempt() throws Exception {
    DemoCommand.removeAll(user.provider.resolve("lockstep-v1/heads"));
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isEqualTo(13);
    assertThat(user.run("first", "backup", user.source.toString(), "--yes").exitCode()).isZero();
    assertThat(user.run("second", "restore", user.path("target").toString()).exitCode()).isZero();
    assertThat(user.backup("second").exitCode()).isZero();
  }

  @Test
  @Verifies("CLI-10")
  void anotherAccountNeedsAnotherHome() {
    Said said =
        user.run("first", "restore", user.path("target").toString(), "--account", "somebody");
    assertThat(said.exitCode()).isEqualTo(40);
    assertThat(said.errors()).contains("another account").contains("--home");
  }

  @Test
  @Verifies({"CLI-9", "USR-5~2"})
  void statusAsksTheVaultOnlyWhereItIsTold() throws Exception {
    assertThat(user.restore("second", "target", "wrong password").exitCode()).isEqualTo(10);
    DemoCommand.removeAll(user.provider);
    Path away = directory.resolve("away");
    Files.move(user.vault, away);
    Said local = user.run("first", "status", "--json");
    assertThat(local.exitCode()).isZero();
    assertThat(local.json().get("backupNumber").asInt()).isEqualTo(1);
    assertThat(local.json().has("vault")).isFalse();
    Files.move(away, user.vault);
    Said told = user.run("first", "status", "--contact", "--json");
    assertThat(told.json().get("vault").get("attemptsRemaining").asInt()).isEqualTo(4);
    assertThat(told.errors()).contains("attempts were spent at the vault");
  }

  private int attemptsRemaining(String home) {
    return user.run(home, "status", "--contact", "--json")
        .json()
        .get("vault")
        .get("attemptsRemaining")
        .asInt();
  }
}
