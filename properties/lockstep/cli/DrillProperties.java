package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableStep;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whether a backup works, found out before it is needed, and told with when it was made. */
class DrillProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void enabled() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("phone").exitCode()).isZero();
  }

  private JsonNode status() {
    Said said = user.run("phone", "status", "--json");
    assertThat(said.exitCode()).isZero();
    return said.json();
  }

  private List<Path> provided() throws IOException {
    try (Stream<Path> all = Files.walk(user.provider)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  @Verifies({"RST-32", "USR-11"})
  void filesComeBackWholeAndTheDayIsNoted() throws Exception {
    assertThat(status().has("lastBackupAt")).isFalse();
    assertThat(user.backup("phone").exitCode()).isZero();
    assertThat(user.run("phone", "status").output()).contains("no drill yet");
    user.advance(Duration.ofHours(1));
    List<Path> before = provided();
    Said drilled = user.run("phone", "drill");
    assertThat(drilled.exitCode()).isZero();
    assertThat(drilled.output()).contains("2 files, drawn at random, came back whole: 68 KiB");
    assertThat(provided()).isEqualTo(before);
    user.advance(Duration.ofDays(9));
    JsonNode status = status();
    assertThat(status.path("lastBackupAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(status.path("notCovered").asLong()).isZero();
    assertThat(status.path("lastDrillAt").asText()).isEqualTo("2026-01-01T01:00:00Z");
    assertThat(status.path("lastDrillWhole").asBoolean()).isTrue();
    assertThat(user.run("phone", "status").output())
        .contains("2026-01-01T01:00:00Z (9 days ago), 2 files came back whole");
  }

  @Test
  @Verifies({"RST-32", "USR-11"})
  void damageInWhatWasDrawnIsFoundNotedAndMended() throws Exception {
    List<Path> empty = provided();
    assertThat(user.backup("phone").exitCode()).isZero();
    Path data =
        provided().stream()
            .filter(file -> !empty.contains(file) && file.toFile().length() > 60_000)
            .findFirst()
            .orElseThrow();
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length / 2] ^= 1;
    Files.write(data, bytes);
    assertThat(user.run("phone", "drill").exitCode()).isEqualTo(20);
    assertThat(status().path("lastDrillWhole").asBoolean(true)).isFalse();
    assertThat(user.run("phone", "status").output()).contains("it found damage");
    assertThat(user.backup("phone").exitCode()).isZero();
    assertThat(user.run("phone", "drill").exitCode()).isZero();
    assertThat(status().path("lastDrillWhole").asBoolean()).isTrue();
  }

  @Test
  @Verifies({"RST-32", "USR-11"})
  void aDrillThatCouldNotReadIsNone() throws Exception {
    assertThat(user.backup("phone").exitCode()).isZero();
    assertThat(user.run("phone", "drill", "--files", "1").exitCode()).isZero();
    String first = status().path("lastDrillAt").asText();
    user.advance(Duration.ofHours(3));
    Path away = user.path("away");
    Files.move(user.provider, away);
    assertThat(user.run("phone", "drill").exitCode()).isEqualTo(30);
    assertThat(status().path("lastDrillAt").asText()).isEqualTo(first);
    assertThat(user.run("phone", "drill", "--files", "0").exitCode()).isEqualTo(2);
  }

  @Test
  @Verifies("USR-11")
  void whatIsNotCoveredIsNamedUntilItIs() throws Exception {
    Path pipe = user.source.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(user.run("phone", "backup", user.source.toString(), "--exclude", "album").exitCode())
        .isEqualTo(3);
    Said told = user.run("phone", "status");
    assertThat(told.output()).contains("Not in it, or not as it was: 1", "  pipe", "--exclude");
    Files.delete(pipe);
    assertThat(user.backup("phone").exitCode()).isZero();
    assertThat(user.run("phone", "status").output()).doesNotContain("Not in it", "--exclude");
  }

  @Test
  void theUnitsThatWeShowRunCommandsThatThereAre() throws Exception {
    Path units = Path.of(System.getProperty("lockstep.basedir", "."), "src", "systemd");
    int commands = 0;
    try (Stream<Path> files = Files.list(units)) {
      for (Path unit : files.toList()) {
        for (String line : Files.readAllLines(unit)) {
          if (line.startsWith("ExecStart=")) {
            List<String> words = new ArrayList<>(List.of(line.split(" ")));
            int isOfTwo = words.get(1).equals("vault") ? 1 : 0;
            String name = String.join(" ", words.subList(1, 2 + isOfTwo));
            CommandLine parser = CommandTable.parser(CommandTable.make(name));
            parser.parseArgs(words.subList(2 + isOfTwo, words.size()).toArray(String[]::new));
            commands++;
          }
        }
      }
    }
    assertThat(commands).isEqualTo(3);
  }

  /** Nothing can be given the diary's name, as on a disk that is full at that moment. */
  private void diaryCannotBeWritten() throws IOException {
    Path diary = user.path("phone/diary.sealed");
    Files.deleteIfExists(diary);
    Files.createDirectories(diary.resolve("in the way"));
  }

  @Test
  @Verifies({"USR-12", "USR-11"})
  void whatCannotBeNotedIsDoneAllTheSame() throws Exception {
    diaryCannotBeWritten();
    Said backup = user.run("phone", "backup", user.source.toString(), "--json");
    assertThat(backup.exitCode()).isZero();
    assertThat(backup.json().path("backupNumber").asLong()).isEqualTo(1);
    assertThat(backup.json().path("noted").asBoolean(true)).isFalse();
    assertThat(backup.errors()).contains("could not be noted", "disk is not full");
    Said drill = user.run("phone", "drill");
    assertThat(drill.exitCode()).isZero();
    assertThat(drill.output()).contains("came back whole", "could not be noted");
  }

  /** The phone's disk is full from when that is there. */
  private void fullOnce(Path there) {
    user.disk =
        (kind, path) -> {
          if (path.startsWith(user.path("phone")) && Files.exists(there)) {
            throw new IOException("No space left on device");
          }
        };
  }

  @Test
  @Verifies("USR-12")
  void whatIsBackedUpOrRestoredIsToldThoughTheHomesDiskIsFullByThen() throws Exception {
    assertThat(user.backup("phone").exitCode()).isZero();
    fullOnce(user.path("target/hello.txt"));
    Said restored = user.run("phone", "restore", user.path("target").toString());
    assertThat(restored.exitCode()).isZero();
    assertThat(restored.output()).contains("Restored backup 1", "could not be noted");
    Path first =
        provided().stream()
            .filter(file -> file.getParent().endsWith("heads"))
            .findFirst()
            .orElseThrow();
    fullOnce(first.resolveSibling(first.getFileName().toString().replaceAll("1$", "2")));
    Said backup = user.backup("phone");
    assertThat(backup.exitCode()).isZero();
    assertThat(backup.output()).contains("Backup 2 is complete", "could not note it");
    user.disk = DurableStep.NONE;
    assertThat(user.backup("phone").output()).contains("Backup 3 is complete");
    assertThat(user.run("phone", "verify").exitCode()).isZero();
  }
}
