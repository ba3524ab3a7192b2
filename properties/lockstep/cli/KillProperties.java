package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills real processes at random moments of their measured duration, then runs the command again. A
 * few times here; the profile {@code kill} does it 200 times a command. Where a late kill leaves
 * nothing to run again, a test cites nothing.
 */
class KillProperties {

  private static final int KILLS = Integer.getInteger("lockstep.kills", 1);
  private static final String NEW_PASSWORD = "another password";

  @TempDir Path directory;
  private final SplittableRandom random = new SplittableRandom(Long.getLong("lockstep.seed", 7));
  private Sandbox user;

  @BeforeEach
  void userOfAWideVault() throws Exception {
    user =
        new Sandbox(Files.createDirectory(directory.toRealPath().resolve("work")))
            .withRealStretching()
            .withLoosePolicyAccepted();
    user.fillSource(40);
    assertThat(
            user.run("first", "vault", "init", user.vault.toString(), "--attempts", "1000")
                .exitCode())
        .isZero();
  }

  @Test
  @Verifies({"BAK-1~2", "BAK-3", "PRV-1", "PRV-2~2"})
  void aKilledBackupLeavesTheOldOrTheNewOne() throws Exception {
    enabledWithABackup();
    SampleArchive.copy(user.source, directory.resolve("old"));
    Files.writeString(user.source.resolve("hello.txt"), "Hello again.\n");
    Files.delete(user.source.resolve("album/picture.jpg"));
    user.fillSource(60);
    ForkedCommand command = new ForkedCommand(user.home("first"), "backup", user.source.toString());
    killing(
        command,
        () -> {
          assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
          assertThat(isRestored(user.source) || isRestored(directory.resolve("old"))).isTrue();
          assertThat(user.backup("first").exitCode()).isZero();
          assertThat(user.restore("third", "target2", Sandbox.PASSWORD).exitCode()).isZero();
          assertThat(TreeComparison.of(user.source, user.path("target2")).different()).isZero();
        });
  }

  @Test
  @Verifies({"RST-1", "RST-3~2"})
  void aKilledRestoreCanBeRunAgain() throws Exception {
    enabledWithABackup();
    ForkedCommand command =
        new ForkedCommand(
            user.home("second"), user.restoring("target", "password", Sandbox.PASSWORD));
    killing(
        command,
        () -> {
          assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isIn(0, 40);
          assertThat(isRestored(user.source)).isTrue();
          assertThat(user.run("second", "verify").exitCode()).isZero();
        });
  }

  @Test
  @Verifies({"CHG-2", "CHG-3", "STG-10", "LIM-14"})
  void afterAKilledChangeOnePasswordOpens() throws Exception {
    enabledWithABackup();
    String[] change = {
      "change-password",
      "--password-file",
      user.file("password", Sandbox.PASSWORD),
      "--new-password-file",
      user.file("new", NEW_PASSWORD)
    };
    killing(
        new ForkedCommand(user.home("first"), change),
        () -> {
          int old = user.restore("second", "target", Sandbox.PASSWORD).exitCode();
          int changed = user.restore("third", "target2", NEW_PASSWORD).exitCode();
          assertThat(new int[] {old, changed}).containsExactlyInAnyOrder(0, 10);
          assertThat(user.run("first", change).exitCode()).isZero();
          assertThat(user.restore("fourth", "target3", NEW_PASSWORD).exitCode()).isZero();
        });
  }

  @Test
  @Verifies({"ROT-1~3", "ROT-2", "ROT-3~2"})
  void aKilledRotationLeavesAWholeBackup() throws Exception {
    enabledWithABackup();
    String[] rotate = {"rotate-key", "--password-file", user.file("password", Sandbox.PASSWORD)};
    killing(
        new ForkedCommand(user.home("first"), rotate),
        () -> {
          assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
          assertThat(isRestored(user.source)).isTrue();
          assertThat(user.run("first", rotate).exitCode()).isZero();
          assertThat(user.run("first", "verify").exitCode()).isZero();
          assertThat(user.backup("first").exitCode()).isZero();
        });
  }

  @Test
  void aKilledEnrolmentIsFinished() throws Exception {
    killing(
        new ForkedCommand(user.home("first"), user.enabling()),
        () -> {
          assertThat(user.enable("first").exitCode()).isIn(0, 40);
          assertThat(user.backup("first").exitCode()).isZero();
          assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
          assertThat(isRestored(user.source)).isTrue();
        });
  }

  @Test
  void aKilledDisableCanBeRunAgain() throws Exception {
    enabledWithABackup();
    String[] disable = {"disable", "--yes", "--delete-backup"};
    killing(
        new ForkedCommand(user.home("first"), disable),
        () -> {
          assertThat(user.run("first", disable).exitCode()).isIn(0, 40);
          assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isEqualTo(13);
          try (Stream<Path> left = Files.walk(user.provider)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
          }
        });
  }

  private void enabledWithABackup() {
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
  }

  private boolean isRestored(Path expected) throws IOException {
    return TreeComparison.of(expected, user.path("target")).different() == 0;
  }

  private void killing(ForkedCommand command, Check check) throws Exception {
    Path saved = directory.resolve("saved");
    copy(user.root, saved);
    long duration = command.measure();
    for (int kill = 0; kill < KILLS; kill++) {
      DemoCommand.removeAll(user.root);
      copy(saved, user.root);
      long after = random.nextLong(duration / 4, duration + 1);
      command.runAndKill(after);
      try {
        check.run();
      } catch (AssertionError failure) {
        throw new AssertionError("killed after " + after + " of " + duration + " ms", failure);
      }
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    Process copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
    assertThat(copying.waitFor()).isZero();
  }

  /** What must hold after a kill. */
  private interface Check {
    void run() throws Exception;
  }
}
