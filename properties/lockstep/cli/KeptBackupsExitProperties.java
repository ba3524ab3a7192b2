package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several backups kept, as their user meets them. */
class KeptBackupsExitProperties {

  @TempDir Path directory;
  private Sandbox user;
  private int targets;

  @BeforeEach
  void enabled() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("phone").exitCode()).isZero();
  }

  private Said backUp(String home, String hello, String... options) throws IOException {
    Files.writeString(user.source.resolve("hello.txt"), hello);
    List<String> all = new ArrayList<>(List.of("backup", user.source.toString()));
    all.addAll(List.of(options));
    return user.run(home, all.toArray(String[]::new));
  }

  private String restored(String home, String... options) throws IOException {
    Path target = user.path("out" + targets++);
    List<String> all = new ArrayList<>(List.of("restore", target.toString()));
    all.addAll(List.of(options));
    Said said = user.run(home, all.toArray(String[]::new));
    assertThat(said.exitCode()).as(said.all()).isZero();
    return Files.readString(target.resolve("hello.txt"));
  }

  private List<Long> kept(String home) {
    Said said = user.run(home, "list", "--backups", "--json");
    assertThat(said.exitCode()).isZero();
    List<Long> numbers = new ArrayList<>();
    for (JsonNode one : said.json().path("backups")) {
      numbers.add(one.path("backupNumber").asLong());
    }
    return numbers;
  }

  @Test
  @Verifies({"BAK-43", "RST-40", "RST-42"})
  void whatKeepSaysHoldsUntilItIsSaidAgain() throws Exception {
    assertThat(backUp("phone", "one", "--keep", "2").exitCode()).isZero();
    backUp("phone", "two");
    backUp("phone", "three");
    assertThat(kept("phone")).containsExactly(2L, 3L);
    assertThat(user.run("phone", "status").output()).contains("The last 2 backups are kept.");
    assertThat(user.run("phone", "list", "--backups").output()).contains("2  20").contains("3  20");
    assertThat(restored("phone", "--backup", "2")).isEqualTo("two");
    assertThat(restored("phone", "--backup", "3")).isEqualTo("three");
    assertThat(restored("phone")).isEqualTo("three");
    Said verified = user.run("phone", "verify", "--backup", "2", "--json");
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.json().path("backupNumber").asLong()).isEqualTo(2);
    assertThat(verified.json().path("newestKnown").asLong()).isEqualTo(3);
    assertThat(user.run("phone", "list", "--backup", "2", "hello.txt").output()).contains("hello");
    assertThat(backUp("phone", "four", "--keep", "1").exitCode()).isZero();
    backUp("phone", "five");
    assertThat(kept("phone")).containsExactly(5L);
    assertThat(user.run("phone", "status").output()).doesNotContain("backups are kept");
  }

  @Test
  @Verifies({"BAK-43", "RST-40"})
  void numbersThatAreNoneAndBackupsThatAreNotThereAreTold() throws Exception {
    for (String none : List.of("0", "1001", "-1", "x")) {
      assertThat(backUp("phone", "one", "--keep", none).exitCode()).isEqualTo(2);
    }
    assertThat(backUp("phone", "one", "--keep", "3").exitCode()).isZero();
    backUp("phone", "two");
    for (String command : List.of("verify", "list")) {
      assertThat(user.run("phone", command, "--backup", "0").exitCode()).isEqualTo(2);
      Said missing = user.run("phone", command, "--backup", "7", "--json");
      assertThat(missing.exitCode()).isEqualTo(40);
      assertThat(missing.json().path("reason").asText()).isEqualTo("noSuchBackup");
      assertThat(missing.errors()).contains("no backup 7").contains("1, 2");
    }
    Said restore = user.run("phone", "restore", user.path("t").toString(), "--backup", "7");
    assertThat(restore.exitCode()).isEqualTo(40);
    assertThat(user.path("t")).doesNotExist();
    assertThat(user.run("phone", "restore", user.path("t").toString(), "--backup", "0").exitCode())
        .isEqualTo(2);
  }

  /** A lost phone's habit is the next one's, and an earlier backup is not gone on from. */
  @Test
  @Verifies({"BAK-43", "RST-40", "BAK-10~3"})
  void aNewDeviceKeepsAsManyAsItFindsAndAsksAfterAnEarlierOne() throws Exception {
    backUp("phone", "one", "--keep", "3");
    backUp("phone", "two");
    List<String> arguments =
        new ArrayList<>(List.of(user.restoring("Old", "typed", Sandbox.PASSWORD)));
    arguments.addAll(List.of("--backup", "1"));
    Said said = user.run("tablet", arguments.toArray(String[]::new));
    assertThat(said.exitCode()).isZero();
    assertThat(said.output()).contains("an earlier one: backup 2 is known of");
    assertThat(user.path("Old/hello.txt")).hasContent("one");
    Said asked = user.run("tablet", "backup", user.path("Old").toString());
    assertThat(asked.exitCode()).isEqualTo(40);
    assertThat(asked.errors()).contains("another device");
    assertThat(user.run("tablet", "backup", user.path("Old").toString(), "--yes").exitCode())
        .isZero();
    assertThat(kept("tablet")).containsExactly(2L, 3L);
    assertThat(restored("tablet", "--backup", "2")).isEqualTo("two");
    assertThat(user.run("tablet", "status").output()).contains("The last 2 backups are kept.");
  }

  /** Said and remembered, though the backup that it was said to failed. */
  @Test
  @Verifies("BAK-43")
  void oneIsRememberedAsWellWhereNothingWasSaidBefore() throws Exception {
    backUp("phone", "one", "--keep", "3");
    backUp("phone", "two");
    String[] restoring = user.restoring("Old", "typed", Sandbox.PASSWORD);
    assertThat(user.run("tablet", restoring).exitCode()).isZero();
    Path away = user.path("away");
    Files.move(user.provider, away);
    Files.createFile(user.provider);
    String old = user.path("Old").toString();
    assertThat(user.run("tablet", "backup", old, "--keep", "1", "--yes").exitCode()).isEqualTo(30);
    Files.delete(user.provider);
    Files.move(away, user.provider);
    assertThat(user.run("tablet", "backup", old, "--yes").exitCode()).isZero();
    assertThat(kept("tablet")).containsExactly(3L);
  }

  @Test
  @Verifies({"RST-40", "RST-42", "CLI-4"})
  void aRollbackIsToldFirstWhateverTheNumber() throws Exception {
    backUp("phone", "one", "--keep", "3");
    backUp("phone", "two");
    backUp("phone", "three");
    try (Stream<Path> heads = Files.list(user.provider.resolve("lockstep-v1/heads"))) {
      for (Path head : heads.filter(path -> path.toString().endsWith(".3")).toList()) {
        Files.delete(head);
      }
    }
    for (String number : List.of("1", "2", "3", "4")) {
      assertThat(user.run("phone", "verify", "--backup", number).exitCode()).isEqualTo(21);
    }
    Said list = user.run("phone", "list", "--backups");
    assertThat(list.exitCode()).isEqualTo(21);
    assertThat(list.all()).contains("1  20").contains("2  20");
    assertThat(restored("phone", "--backup", "1", "--accept-older")).isEqualTo("one");
    assertThat(user.run("phone", "verify", "--backup", "1", "--accept-older").exitCode()).isZero();
    assertThat(user.run("phone", "verify").exitCode()).isEqualTo(21);
  }

  @Test
  @Verifies({"ROT-6", "BAK-43", "DIS-1~2"})
  void aRotationTakesThemAllAlongAndDisablingRemovesThemAll() throws Exception {
    backUp("phone", "one", "--keep", "3");
    backUp("phone", "two");
    Said rotated =
        user.run("phone", "rotate-key", "--password-file", user.file("pw", Sandbox.PASSWORD));
    assertThat(rotated.exitCode()).isZero();
    assertThat(kept("phone")).containsExactly(2L, 3L);
    assertThat(restored("phone", "--backup", "2")).isEqualTo("one");
    backUp("phone", "three");
    assertThat(kept("phone")).containsExactly(2L, 3L, 4L);
    backUp("phone", "four");
    assertThat(kept("phone")).containsExactly(3L, 4L, 5L);
    assertThat(restored("phone", "--backup", "3")).isEqualTo("two");
    assertThat(user.run("phone", "disable", "--yes", "--delete-backup").exitCode()).isZero();
    try (Stream<Path> left = Files.walk(user.provider)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  @Verifies("RST-43")
  void whatDiffersBetweenTwoOfThemIsListed() throws Exception {
    backUp("phone", "one", "--keep", "3");
    Files.delete(user.source.resolve("album/picture.jpg"));
    Files.writeString(user.source.resolve("new"), "new");
    backUp("phone", "two!", "--accept-changes");
    backUp("phone", "two!");
    Said people = user.run("phone", "diff", "1");
    assertThat(people.exitCode()).isZero();
    assertThat(people.output())
        .contains("From backup 1 to backup 3: 1 added, 1 removed, ")
        .contains("  + new", "  - album/picture.jpg", "  ~ hello.txt  (size");
    Said program = user.run("phone", "diff", "1", "2", "--json");
    assertThat(program.json().path("added").asLong()).isEqualTo(1);
    assertThat(program.json().path("differences").findValuesAsText("path"))
        .contains("new", "album/picture.jpg", "hello.txt");
    assertThat(user.run("phone", "diff", "2", "3").output()).contains("0 added, 0 removed");
    assertThat(user.run("phone", "diff", "7").exitCode()).isEqualTo(40);
    assertThat(user.run("phone", "diff", "1", "7").exitCode()).isEqualTo(40);
    assertThat(user.run("phone", "diff", "0").exitCode()).isEqualTo(2);
  }
}
