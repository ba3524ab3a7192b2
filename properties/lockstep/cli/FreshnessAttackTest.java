package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.cli.Sandbox.Said;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A provider that rolls back while the vault is away, exchanged or damaged: no command takes the
 * older backup for the newest, and nothing that the device knew is forgotten on the way.
 */
@Attack
class FreshnessAttackTest {

  @TempDir Path directory;
  private Sandbox user;
  private int copies;

  @BeforeEach
  void userWithABackup() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("phone").exitCode()).isZero();
    assertThat(user.backup("phone").exitCode()).isZero();
  }

  @Test
  @Verifies({"RST-12", "RST-13", "RST-6~2", "CLI-4"})
  void withTheVaultAwayThePhoneKnowsItsOwnBackup() throws Exception {
    Path older = keep();
    backUp("two");
    rollBackTo(older);
    Files.move(user.vault, directory.resolve("away"));
    assertThat(user.run("phone", "verify").exitCode()).isEqualTo(21);
    Said refused = restore("out");
    assertThat(refused.exitCode()).isEqualTo(21);
    assertThat(refused.errors()).contains("backup 1").contains("backup 2").contains("vault");
    assertThat(restore("out", "--accept-older").exitCode()).isEqualTo(31);
    assertThat(user.path("out")).doesNotExist();
    assertThat(restore("out", "--accept-older", "--accept-unchecked").exitCode()).isZero();
    assertThat(user.run("phone", "verify").exitCode()).isEqualTo(21);
    assertThat(user.run("phone", "status").output()).contains("number 2");
  }

  @Test
  @Verifies({"RST-12", "BAK-10~3", "BAK-2~3"})
  void anOlderBackupThatTheUserTookIsGoneOnFromUnderAHigherNumber() throws Exception {
    Path older = keep();
    backUp("two");
    rollBackTo(older);
    Said asked = user.run("phone", "backup", user.source.toString(), "--json");
    assertThat(asked.exitCode()).isEqualTo(21);
    assertThat(restore("out", "--accept-older").exitCode()).isZero();
    Said made = user.run("phone", "backup", user.source.toString(), "--json");
    assertThat(made.exitCode()).isZero();
    assertThat(made.json().get("backupNumber").asInt()).isEqualTo(3);
    assertThat(user.run("phone", "verify").exitCode()).isZero();
  }

  @Test
  @Verifies({"RST-13", "RST-12", "USR-5~2"})
  void withTheVaultAwayTheDevicesOwnNewestPassesWithAWarning() throws Exception {
    Files.move(user.vault, directory.resolve("away"));
    Said verified = user.run("phone", "verify", "--json");
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.json().get("freshnessChecked").asBoolean()).isFalse();
    assertThat(verified.errors()).contains("Warning");
    Said restored = restore("out");
    assertThat(restored.exitCode()).isZero();
    assertThat(restored.all()).contains("Warning: the vault cannot be used now.");
  }

  @Test
  @Verifies({"RST-13", "CLI-4", "USR-3"})
  void whatAnotherDeviceMadeNeedsTheVaultsWordOrTheUsersAcceptance() throws Exception {
    assertThat(user.restore("tablet", "t", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.backup("tablet").exitCode()).isZero();
    Files.move(user.vault, directory.resolve("away"));
    assertThat(user.run("phone", "verify").exitCode()).isEqualTo(31);
    Said refused = restore("out", "--json");
    assertThat(refused.exitCode()).isEqualTo(31);
    assertThat(refused.json().get("reason").asText()).isEqualTo("unchecked");
    assertThat(refused.errors()).contains("--accept-unchecked");
    assertThat(user.run("phone", "verify", "--accept-unchecked").exitCode()).isZero();
    assertThat(restore("out", "--accept-unchecked").exitCode()).isZero();
  }

  @Test
  @Verifies({"RST-13", "RST-12", "RST-8"})
  void aNewDeviceKeepsTheMarkThatItHeardForTheRerun() throws Exception {
    Path older = keep();
    backUp("two");
    rollBackTo(older);
    assertThat(user.restore("tablet", "out", Sandbox.PASSWORD).exitCode()).isEqualTo(21);
    Files.move(user.vault, directory.resolve("away"));
    assertThat(user.run("tablet", "restore", user.path("out").toString()).exitCode()).isEqualTo(21);
    assertThat(user.run("tablet", "status").output())
        .contains("number 2")
        .doesNotContain("There is no backup yet");
  }

  @Test
  @Verifies({"RST-13", "ENR-1", "CLI-4"})
  void anotherVaultInTheVaultsPlaceIsWorseThanNone() throws Exception {
    Files.move(user.vault, directory.resolve("real"));
    assertThat(user.runAsTyped("vault", "init", user.vault.toString()).exitCode()).isZero();
    for (Said said : new Said[] {user.run("phone", "verify"), restore("out")}) {
      assertThat(said.exitCode()).isEqualTo(31);
      assertThat(said.all()).contains("not the one that this account belongs to");
    }
    assertThat(user.path("out")).doesNotExist();
    assertThat(restore("out", "--accept-unchecked").exitCode()).isZero();
  }

  @Test
  @Verifies({"RST-13", "RST-12"})
  void aDamagedVaultIsNotKeyMode() throws Exception {
    Path older = keep();
    backUp("two");
    rollBackTo(older);
    Files.writeString(user.vault.resolve("db/vault.db"), "garbage");
    assertThat(user.run("phone", "verify").exitCode()).isEqualTo(21);
    assertThat(restore("out").exitCode()).isEqualTo(21);
  }

  @Test
  @Verifies({"USR-5~2", "RST-13"})
  void aRestoreTellsWhatOthersDidAtTheVault() {
    assertThat(user.restore("thief", "x", "wrong one").exitCode()).isEqualTo(10);
    Said told = restore("out");
    assertThat(told.exitCode()).isZero();
    assertThat(told.all()).contains("attempts were spent at the vault");
  }

  @Test
  @Verifies({"USR-5~2", "RST-8"})
  void aRestoreWithThePasswordTellsWhatOthersDidAtTheVault() {
    assertThat(user.restore("thief", "x", "wrong one").exitCode()).isEqualTo(10);
    Said told = user.restore("phone", "out", Sandbox.PASSWORD);
    assertThat(told.exitCode()).isZero();
    assertThat(told.all()).contains("attempts were spent at the vault");
  }

  @Test
  @Verifies({"BAK-9~2", "RST-12"})
  void aRestoreKeepsTheMarkThatIsStillToBeSet() throws Exception {
    Path older = keep();
    Path away = directory.resolve("away");
    Files.move(user.vault, away);
    backUp("two");
    assertThat(restore("out").exitCode()).isZero();
    assertThat(user.run("phone", "verify").exitCode()).isZero();
    Files.move(away, user.vault);
    assertThat(marked("phone")).isEqualTo(2);
    rollBackTo(older);
    assertThat(user.restore("tablet", "new", Sandbox.PASSWORD).exitCode()).isEqualTo(21);
  }

  @Test
  @Verifies({"BAK-9~2", "RST-12", "RST-8"})
  void aPasswordTypedAgainKeepsTheMarkThatIsStillToBeSet() throws Exception {
    Path away = directory.resolve("away");
    Files.move(user.vault, away);
    backUp("two");
    Files.move(away, user.vault);
    assertThat(user.restore("phone", "out", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(marked("phone")).isEqualTo(2);
  }

  @Test
  @Verifies({"BAK-9~2", "RST-12"})
  void aBackupThatTheVaultDoesNotKnowIsMarkedByWhoeverRestoresIt() throws Exception {
    Path away = directory.resolve("away");
    Files.move(user.vault, away);
    backUp("two");
    Files.move(away, user.vault);
    assertThat(user.restore("tablet", "out", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(marked("tablet")).isEqualTo(2);
  }

  @Test
  @Verifies({"RST-14", "BAK-2~3"})
  void overARolledBackHeadTheChainGoesOnFromTheNewest() throws Exception {
    Path older = keep();
    backUp("two");
    rollBackTo(older);
    Path away = directory.resolve("away");
    Files.move(user.vault, away);
    Files.writeString(user.source.resolve("hello.txt"), "three");
    assertThat(user.run("phone", "backup", user.source.toString(), "--yes").exitCode()).isZero();
    Files.move(away, user.vault);
    assertThat(user.restore("tablet", "out", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.path("out/hello.txt")).hasContent("three");
  }

  @Test
  @Verifies({"BAK-16~2", "RST-6~2", "CLI-4"})
  void aProviderThatShowsNothingIsAskedAboutInPasswordMode() throws Exception {
    Path full = keep();
    DemoCommand.removeAll(user.provider);
    Files.createDirectory(user.provider);
    Said asked = user.run("phone", "backup", user.source.toString(), "--json");
    assertThat(asked.exitCode()).isEqualTo(40);
    assertThat(asked.json().get("reason").asText()).isEqualTo("backupGone");
    Said verified = user.run("phone", "verify", "--json");
    assertThat(verified.exitCode()).isEqualTo(13);
    assertThat(verified.json().get("reason").asText()).isEqualTo("backupGone");
    assertThat(restore("out", "--json").json().get("reason").asText()).isEqualTo("backupGone");
    rollBackTo(full);
    assertThat(user.backup("phone").exitCode()).isZero();
  }

  private Said restore(String target, String... more) {
    return user.run(
        "phone",
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("restore", user.path(target).toString()),
                java.util.Arrays.stream(more))
            .toArray(String[]::new));
  }

  private int marked(String home) {
    assertThat(user.run(home, "status", "--contact").exitCode()).isZero();
    return user.run(home, "status", "--contact", "--json")
        .json()
        .get("vault")
        .get("markedBackup")
        .asInt();
  }

  private void backUp(String content) throws IOException {
    Files.writeString(user.source.resolve("hello.txt"), content);
    assertThat(user.backup("phone").exitCode()).isZero();
  }

  private Path keep() throws IOException {
    Path kept = directory.resolve("kept" + copies++);
    SampleArchive.copy(user.provider, kept);
    return kept;
  }

  private void rollBackTo(Path state) throws IOException {
    DemoCommand.removeAll(user.provider);
    SampleArchive.copy(state, user.provider);
  }
}
