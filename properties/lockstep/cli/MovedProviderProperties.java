package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drive that is mounted at another path one day. */
@Verifies("DEV-5")
class MovedProviderProperties {

  @TempDir Path directory;
  private Sandbox user;
  private Path moved;

  @BeforeEach
  void aDriveThatMoved() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("phone").exitCode()).isZero();
    assertThat(user.backup("phone").exitCode()).isZero();
    moved = user.root.resolve("moved");
    Files.move(user.provider, moved);
  }

  @Test
  void aBackupGoesOnAtTheNewPlaceAndNotesIt() {
    assertThat(user.backup("phone").exitCode()).isEqualTo(30);
    Said made = user.run("phone", "backup", user.source.toString(), "--provider", moved.toString());
    assertThat(made.exitCode()).isZero();
    assertThat(user.run("phone", "verify").exitCode()).isZero();
    assertThat(user.run("phone", "status").output()).contains(moved.toString());
  }

  @Test
  void verifyAndRotationTakeTheNewPlaceToo() {
    assertThat(user.run("phone", "verify", "--provider", moved.toString()).exitCode()).isZero();
    assertThat(
            user.run(
                    "phone",
                    "rotate-key",
                    "--password-file",
                    user.file("password", Sandbox.PASSWORD))
                .exitCode())
        .isZero();
  }

  @Test
  void aRestoreNotesThePlaceThatItCameFrom() {
    String target = user.path("out").toString();
    assertThat(user.run("phone", "restore", target, "--provider", moved.toString()).exitCode())
        .isZero();
    assertThat(user.run("phone", "verify").exitCode()).isZero();
  }

  @Test
  @Verifies({"CLI-4", "USR-3"})
  void aFolderThatDoesNotShowTheBackupIsNotNoted() throws Exception {
    Path empty = Files.createDirectory(user.root.resolve("empty"));
    assertThat(user.run("phone", "verify", "--provider", empty.toString()).exitCode())
        .isEqualTo(13);
    String missing = user.root.resolve("missing").toString();
    assertThat(user.run("phone", "verify", "--provider", missing).exitCode()).isEqualTo(30);
    Files.move(moved, user.provider);
    assertThat(user.run("phone", "verify").exitCode()).isZero();
  }

  @Test
  @Verifies("USR-3")
  void enableSaysHowAMovedFolderIsNamed() {
    Said said = user.enable("phone");
    assertThat(said.exitCode()).isEqualTo(40);
    assertThat(said.errors()).contains("--provider");
  }
}
