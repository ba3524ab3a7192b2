package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others did is told by the next command of the device, whichever it is, and once. */
class NoticeExitProperties {

  private static final String TWO_ATTEMPTS = "2 stand in this round";

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void phoneWithABackupAndAThief() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("phone").exitCode()).isZero();
    assertThat(user.backup("phone").exitCode()).isZero();
    assertThat(user.run("phone", "status", "--contact").exitCode()).isZero();
    for (int i = 0; i < 2; i++) {
      assertThat(user.restore("thief", "stolen", "a wrong one").exitCode()).isEqualTo(10);
    }
  }

  @Test
  @Verifies({"USR-5~2", "USR-8"})
  void aRestoreOnTheEnabledDeviceTells() {
    toldOnceBy("restore", user.path("again").toString());
  }

  @Test
  @Verifies({"USR-5~2", "USR-8"})
  void aVerificationTells() {
    toldOnceBy("verify");
  }

  @Test
  @Verifies({"USR-5~2", "USR-8"})
  void aBackupTells() {
    toldOnceBy("backup", user.source.toString());
  }

  @Test
  @Verifies({"USR-5~2", "USR-8"})
  void aPasswordChangeTellsWithTheRestartThatItCancels() {
    String[] restart = {"restart", "--account", Sandbox.ACCOUNT, "--vault", user.vault.toString()};
    assertThat(user.run("thief", restart).exitCode()).isZero();
    Said said =
        toldOnceBy(
            "change-password",
            "--password-file",
            user.file("password", Sandbox.PASSWORD),
            "--new-password-file",
            user.file("next", "another password"));
    assertThat(said.output()).contains("asked to start afresh").contains("cancelled it");
  }

  @Test
  @Verifies({"USR-5~2", "USR-8"})
  void aRotationTells() {
    toldOnceBy("rotate-key", "--password-file", user.file("password", Sandbox.PASSWORD));
  }

  @Test
  @Verifies({"USR-5~2", "USR-8"})
  void disablingTells() {
    toldOnceBy("disable", "--yes");
  }

  @Test
  @Verifies({"USR-5~2", "USR-8"})
  void aCommandThatIsRefusedTells() {
    Said refused = user.enable("phone");
    assertThat(refused.exitCode()).isEqualTo(40);
    assertThat(refused.errors()).contains(TWO_ATTEMPTS);
    assertThat(user.run("phone", "status", "--contact").all()).doesNotContain("Notice");
  }

  @Test
  @Verifies({"USR-8", "CLI-5"})
  void whatCouldNotBeWrittenIsToldByTheNextCommandThoughItAsksNobody() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int any) throws IOException {
            throw new IOException("no room");
          }
        };
    String home = user.home("phone").toString();
    Surroundings broken = user.surroundings(full, new ByteArrayOutputStream());
    assertThat(Main.run(broken, "verify", "--home", home)).isEqualTo(1);
    assertThat(Main.run(broken, "status", "--json", "--home", home)).isEqualTo(1);
    Said said = user.run("phone", "status", "--json");
    assertThat(said.json().get("notices").get(0).asText()).contains(TWO_ATTEMPTS);
    assertThat(said.errors()).contains(TWO_ATTEMPTS);
    assertThat(user.run("phone", "status", "--json").json().has("notices")).isFalse();
  }

  @Test
  @Verifies("USR-5~2")
  void everyNoticeHasWords() {
    NoticeLines words =
        new NoticeLines(
            user.surroundings(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
    List<String> all =
        List.of(
            words.actsByOthers(1),
            words.actsByOthers(2),
            words.unlockedElsewhere(),
            words.lockedByOthers(user.now().toEpochMilli()),
            words.restartRequested(user.now().toEpochMilli()),
            words.restartCancelled(user.now().toEpochMilli()),
            words.recordDestroyed(),
            words.destroyedMeanwhile(),
            words.recordReplaced(),
            words.passwordChangedElsewhere(),
            words.passwordChangeTookEffect(),
            words.newerBackup(7),
            words.rollbackNotExcluded(65));
    assertThat(all).doesNotHaveDuplicates().allMatch(line -> line.endsWith("."));
    assertThat(words.rollbackNotExcluded(65)).contains("65 things", "cannot be excluded");
  }

  private Said toldOnceBy(String... command) {
    Said said = user.run("phone", command);
    assertThat(said.exitCode()).isZero();
    assertThat(said.output()).containsOnlyOnce(TWO_ATTEMPTS);
    assertThat(user.run("phone", "status", "--contact").all()).doesNotContain("Notice");
    return said;
  }
}
