package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says about sources, providers and damaged backups, and how it ends. */
class BackupExitProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void enabledUser() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("first").exitCode()).isZero();
  }

  @Test
  @Verifies({"BAK-7~3", "MAN-8", "CLI-4", "USR-3"})
  void whatIsNotKeptIsNamed() throws Exception {
    Path pipe = user.source.resolve("a pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Said said = user.run("first", "backup", user.source.toString(), "--json");
    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.json().get("omissions").get(0).asText()).contains("a pipe");
    assertThat(said.errors()).contains("a pipe");
    assertThat(user.run("first", "verify").exitCode()).isZero();
  }

  @Test
  @Verifies({"PRV-4~2", "CLI-4", "USR-3"})
  void aMissingProviderIsNotMadeAnew() throws Exception {
    assertThat(user.backup("first").exitCode()).isZero();
    Path away = directory.resolve("away");
    Files.move(user.provider, away);
    for (Said said : new Said[] {user.backup("first"), user.run("first", "verify")}) {
      assertThat(said.exitCode()).isEqualTo(30);
      assertThat(said.errors()).contains(user.provider.toString());
    }
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isEqualTo(30);
    assertThat(user.provider).doesNotExist();
    Files.move(away, user.provider);
    assertThat(user.run("first", "verify").exitCode()).isZero();
  }

  @Test
  @Verifies({"PRV-4~2", "BAK-3", "CLI-4"})
  void aProviderRemovedMidwayLeavesTheOldBackupWhole() throws Exception {
    assertThat(user.backup("first").exitCode()).isZero();
    Path away = directory.resolve("away");
    for (int i = 0; i < 40; i++) {
      Files.write(user.source.resolve("large-" + i), new byte[4 << 20]);
    }
    long before = objects();
    Thread thief =
        new Thread(
            () -> {
              try {
                while (objects() <= before) {
                  Thread.onSpinWait();
                }
                Files.move(user.provider, away);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    thief.start();
    Said said = user.backup("first");
    thief.join();
    assertThat(said.exitCode()).isEqualTo(30);
    assertThat(user.provider).doesNotExist();
    Files.move(away, user.provider);
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.path("target/large-0")).doesNotExist();
    assertThat(user.path("target/hello.txt")).hasContent("Hello, world.\n");
  }

  @Test
  @Verifies({"RST-10", "OBJ-8", "CLI-4", "USR-3"})
  void aFlippedBitNamesItsObject() throws Exception {
    assertThat(user.backup("first").exitCode()).isZero();
    Path object = largestObject();
    byte[] bytes = Files.readAllBytes(object);
    bytes[bytes.length / 2] ^= 1;
    Files.write(object, bytes);
    Said said = user.run("first", "verify", "--json");
    assertThat(said.exitCode()).isEqualTo(20);
    assertThat(said.json().get("object").asText()).isEqualTo(object.getFileName().toString());
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isEqualTo(20);
    assertThat(user.path("target/hello.txt")).doesNotExist();
  }

  @Test
  @Verifies({"RST-6~2", "CLI-4", "USR-3"})
  void anOlderBackupIsToldFromTheNewest() throws Exception {
    assertThat(user.backup("first").exitCode()).isZero();
    Path kept = directory.resolve("kept");
    SampleArchive.copy(user.provider, kept);
    Files.writeString(user.source.resolve("hello.txt"), "Hello again.\n");
    assertThat(user.backup("first").exitCode()).isZero();
    DemoCommand.removeAll(user.provider);
    Files.move(kept, user.provider);
    Said said = user.restore("second", "target", Sandbox.PASSWORD);
    assertThat(said.exitCode()).isEqualTo(21);
    assertThat(said.errors()).contains("older");
  }

  @Test
  @Verifies({"ATR-5~2", "CLI-4", "USR-3"})
  void aTruncatedVaultDatabaseIsDamagedNotEmpty() throws Exception {
    assertThat(user.backup("first").exitCode()).isZero();
    Path database;
    try (Stream<Path> files = Files.walk(user.vault)) {
      database = files.filter(f -> f.toString().endsWith(".db")).findFirst().orElseThrow();
    }
    try (var channel = Files.newByteChannel(database, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
    long size = Files.size(database);
    Said said = user.restore("second", "target", Sandbox.PASSWORD);
    assertThat(said.exitCode()).isEqualTo(31);
    assertThat(Files.size(database)).isEqualTo(size);
  }

  @Test
  @Verifies({"DEV-2", "CLI-4", "USR-3"})
  void aDamagedSlotOfTheDeviceIsNamedAndLeft() throws Exception {
    assertThat(user.backup("first").exitCode()).isZero();
    Path slot = user.home("first").resolve("enabled-device.sealed");
    byte[] cut = Arrays.copyOf(Files.readAllBytes(slot), 20);
    Files.write(slot, cut);
    for (Said said : new Said[] {user.run("first", "status"), user.backup("first")}) {
      assertThat(said.exitCode()).isEqualTo(1);
      assertThat(said.errors()).contains("slot enabled-device does not open").contains("--home");
    }
    assertThat(Files.readAllBytes(slot)).isEqualTo(cut);
  }

  @Test
  @Verifies({"RCP-3", "CLI-4", "USR-3"})
  void aVaultThatKnowsLessIsAskedAgainOnlyWhenAcceptedByName() throws Exception {
    String right = user.file("right", Sandbox.PASSWORD);
    String wrong = user.file("wrong", "wrong password");
    String next = user.file("next", "another password");
    Path kept = directory.resolve("kept");
    SampleArchive.copy(user.vault, kept);
    assertThat(changed(wrong, next).exitCode()).isEqualTo(10);
    DemoCommand.removeAll(user.vault);
    Files.move(kept, user.vault);
    Said refused = changed(right, next);
    assertThat(refused.exitCode()).isEqualTo(31);
    assertThat(refused.errors()).contains("knows less").contains("--accept-rolled-back");
    assertThat(user.run("first", "status", "--contact").output()).contains("knows less");
    Said accepted = user.run("first", "status", "--contact", "--accept-rolled-back");
    assertThat(accepted.output()).doesNotContain("knows less").contains("5 attempts");
    assertThat(changed(right, next).exitCode()).isZero();
  }

  private Said changed(String previous, String next) {
    return user.run(
        "first", "change-password", "--password-file", previous, "--new-password-file", next);
  }

  @Test
  @Verifies({"BAK-10~3", "CLI-4", "USR-3"})
  void theOldDeviceAsksBeforeItOverwritesTheNewOnesBackup() {
    assertThat(user.backup("first").exitCode()).isZero();
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.backup("second").exitCode()).isZero();
    Said asked = user.backup("first");
    assertThat(asked.exitCode()).isEqualTo(40);
    assertThat(asked.errors()).contains("another device").contains("--yes");
    assertThat(user.run("first", "backup", user.source.toString(), "--yes").exitCode()).isZero();
  }

  @Test
  @Verifies({"USR-2", "USR-1"})
  void enablingSaysWhatNobodyCanUndo() {
    Said said =
        user.run(
            "other",
            "enable",
            "--account",
            "other",
            "--provider",
            user.provider.toString(),
            "--vault",
            user.vault.toString(),
            "--password-file",
            user.file("p", Sandbox.PASSWORD));
    assertThat(said.exitCode()).isZero();
    assertThat(said.output())
        .contains("Nobody can reset")
        .contains("iCloud Backup")
        .contains("extended attributes")
        .contains("what a link's time has below a microsecond");
  }

  private Path largestObject() throws Exception {
    try (Stream<Path> files = Files.walk(user.provider)) {
      return files
          .filter(Files::isRegularFile)
          .max(java.util.Comparator.comparingLong(f -> f.toFile().length()))
          .orElseThrow();
    }
  }

  private long objects() throws java.io.IOException {
    try (Stream<Path> files = Files.walk(user.provider)) {
      return files.filter(f -> !f.getFileName().toString().startsWith(".")).count();
    } catch (java.io.UncheckedIOException vanishing) {
      return 0;
    }
  }
}
