package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is asked before the one backup is replaced, and how damage is mended. */
class OnlyCopyExitProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void backedUpUser() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
  }

  private void assertStillThere(String file) {
    assertThat(user.restore("other", "back", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.path("back").resolve(file)).exists();
  }

  @Test
  @Verifies({"BAK-20", "CLI-4", "USR-3"})
  void anotherFolderIsNotBackedUpUnasked() throws IOException {
    Path empty = Files.createDirectory(user.path("empty"));
    Said said = user.run("first", "backup", empty.toString(), "--yes", "--json");
    assertThat(said.exitCode()).isEqualTo(40);
    assertThat(said.json().get("reason").asText()).isEqualTo("sourceChanged");
    assertThat(said.json().get("change").asText()).isEqualTo("anotherFolder");
    assertThat(said.errors()).contains("--accept-changes").contains(empty.toString());
    assertStillThere("hello.txt");
  }

  @Test
  @Verifies({"BAK-20", "CLI-4"})
  void aSourceThatLostMostIsBackedUpWithConsentOnly() throws IOException {
    Files.delete(user.source.resolve("album/picture.jpg"));
    Said asked = user.run("first", "backup", user.source.toString(), "--json");
    assertThat(asked.exitCode()).isEqualTo(40);
    assertThat(asked.json().get("change").asText()).isEqualTo("mostIsGone");
    user.person = new ScriptedTerminal("n");
    assertThat(user.backup("first").exitCode()).isEqualTo(40);
    user.person = new ScriptedTerminal("y");
    assertThat(user.backup("first").exitCode()).isZero();
    user.person = null;
    Files.delete(user.source.resolve("album"));
    Files.delete(user.source.resolve("hello.txt"));
    assertThat(user.backup("first").exitCode()).isEqualTo(40);
    String source = user.source.toString();
    assertThat(user.run("first", "backup", source, "--accept-changes").exitCode()).isZero();
  }

  @Test
  @Verifies({"BAK-16~2", "CLI-4", "USR-3"})
  void aProviderThatLostEverythingIsAskedAboutWithAVaultToo() throws IOException {
    Path away = Files.move(user.provider, directory.resolve("away"));
    Files.createDirectory(user.provider);
    Said said = user.run("first", "backup", user.source.toString(), "--json");
    assertThat(said.exitCode()).isEqualTo(40);
    assertThat(said.json().get("reason").asText()).isEqualTo("backupGone");
    assertThat(said.errors()).contains("this is not the right drive");
    Files.delete(user.provider);
    Files.move(away, user.provider);
    assertThat(user.backup("first").exitCode()).isZero();
  }

  @Test
  @Verifies({"BAK-22", "RST-10"})
  void whatVerifyFoundDamagedTheNextBackupUploadsAnew() throws IOException {
    Path object = largestObject();
    byte[] bytes = Files.readAllBytes(object);
    bytes[5000] ^= 1;
    Files.write(object, bytes);
    assertThat(user.run("first", "verify").exitCode()).isEqualTo(20);
    assertThat(user.backup("first").exitCode()).isZero();
    assertThat(user.run("first", "verify").exitCode()).isZero();
    assertStillThere("album/picture.jpg");
  }

  private Path largestObject() throws IOException {
    try (var files = Files.walk(user.provider)) {
      return files
          .filter(Files::isRegularFile)
          .max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }
}
