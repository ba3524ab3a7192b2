package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableStep;
import lockstep.device.vault.VaultConnection;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.SignedReply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each command dies before each fsync, rename, removal and commit that it comes to, of the device,
 * the provider, the target and the vault alike; then what must hold is tried with whole commands.
 *
 * <p>To die after a step leaves the same as to die before the next one. The budget is watched, too:
 * the charges that stand at the vault, place after place, are those of a run without a crash.
 */
class CommandCrashProperties {

  private static final String NEW_PASSWORD = "another password";
  private static final int NO_VAULT = -1;

  @TempDir Path directory;
  private Sandbox user;
  private Path saved;

  /** Counts the steps of the disk and dies before one of them, and before each that follows. */
  private static final class Death implements DurableStep {

    private final int place;
    private int steps;

    Death(int place) {
      this.place = place;
    }

    synchronized boolean wasReached() {
      return steps > place;
    }

    @Override
    public synchronized void reached(Kind kind, Path path) {
      if (steps++ >= place) {
        throw new IllegalStateException("dead");
      }
    }
  }

  /** What must hold after a crash. */
  private interface Check {
    void run() throws Exception;
  }

  @BeforeEach
  void user() throws IOException {
    user = new Sandbox(Files.createDirectory(directory.toRealPath().resolve("work")));
    saved = directory.resolve("saved");
  }

  @Test
  @Verifies({"ENR-3", "ENR-5~2", "ATR-10", "DEV-2"})
  @Exhaustive("durable step before which the command can die")
  void enablingIsFinishedByARerun() throws Exception {
    List<Integer> charges =
        dyingEverywhere(
            "first",
            () -> {
              assertThat(user.enable("first").exitCode()).isIn(0, 40);
              assertThat(user.backup("first").exitCode()).isZero();
              restores(user.source, "second", "target", Sandbox.PASSWORD);
            },
            user.enabling());
    assertThat(charges).containsExactly(NO_VAULT, 0, 1, 0);
  }

  @Test
  @Verifies({"BAK-1~2", "BAK-3", "BAK-10~3", "BAK-13~2", "PRV-1", "PRV-2~2", "LIM-9"})
  @Exhaustive("durable step before which the command can die")
  void aBackupLeavesTheOldOrTheNewOne() throws Exception {
    enabledWithABackupAndTwoCharges();
    Path old = directory.resolve("old");
    SampleArchive.copy(user.source, old);
    Files.writeString(user.source.resolve("hello.txt"), "Hello again.\n");
    Files.delete(user.source.resolve("album/picture.jpg"));
    Files.write(user.source.resolve("new"), new byte[40_000]);
    List<Integer> charges =
        dyingEverywhere(
            "first",
            () -> {
              assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
              assertThat(isRestored(user.source, "target") || isRestored(old, "target")).isTrue();
              String source = user.source.toString();
              assertThat(user.run("first", "backup", source, "--accept-changes").exitCode())
                  .isZero();
              restores(user.source, "third", "target2", Sandbox.PASSWORD);
            },
            "backup",
            user.source.toString(),
            "--accept-changes");
    assertThat(charges).containsExactly(2);
  }

  @Test
  @Verifies({"RST-1", "RST-3~2", "RST-8", "LIM-9"})
  @Exhaustive("durable step before which the command can die")
  void aRestoreIsRunAgain() throws Exception {
    enabledWithABackupAndTwoCharges();
    List<Integer> charges =
        dyingEverywhere(
            "second",
            () -> {
              assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isIn(0, 40);
              assertThat(isRestored(user.source, "target")).isTrue();
              assertThat(user.run("second", "verify").exitCode()).isZero();
            },
            user.restoring("target", "password", Sandbox.PASSWORD));
    assertThat(charges).containsExactly(2, 3, 0);
  }

  @Test
  @Verifies({"CHG-2", "CHG-3", "STG-8", "STG-10", "LIM-9"})
  @Exhaustive("durable step before which the command can die")
  void afterAPasswordChangeExactlyOnePasswordOpens() throws Exception {
    enabledWithABackupAndTwoCharges();
    String[] change = {
      "change-password",
      "--password-file",
      user.file("password", Sandbox.PASSWORD),
      "--new-password-file",
      user.file("new", NEW_PASSWORD)
    };
    List<Integer> charges =
        dyingEverywhere(
            "first",
            () -> {
              int old = user.restore("second", "target", Sandbox.PASSWORD).exitCode();
              int changed = user.restore("third", "target2", NEW_PASSWORD).exitCode();
              assertThat(new int[] {old, changed}).containsExactlyInAnyOrder(0, 10);
              assertThat(user.run("first", change).exitCode()).isZero();
              restores(user.source, "fourth", "target3", NEW_PASSWORD);
            },
            change);
    assertThat(charges).containsExactly(2, 3, 0, 1, 0);
  }

  @Test
  @Verifies({"ROT-1~3", "ROT-2", "ROT-3~2", "LIM-9"})
  @Exhaustive("durable step before which the command can die")
  void aRotationLeavesAWholeBackup() throws Exception {
    enabledWithABackupAndTwoCharges();
    String[] rotate = {"rotate-key", "--password-file", user.file("password", Sandbox.PASSWORD)};
    List<Integer> charges =
        dyingEverywhere(
            "first",
            () -> {
              restores(user.source, "second", "target", Sandbox.PASSWORD);
              assertThat(user.run("first", rotate).exitCode()).isZero();
              assertThat(user.run("first", "verify").exitCode()).isZero();
              assertThat(user.backup("first").exitCode()).isZero();
            },
            rotate);
    assertThat(charges).containsExactly(2, 3, 0, 1, 0);
  }

  @Test
  @Verifies({"DIS-1~2", "DIS-2", "LEA-1", "LIM-14"})
  @Exhaustive("durable step before which the command can die")
  void aDisableIsCompletedByARerun() throws Exception {
    enabledWithABackupAndTwoCharges();
    String[] disable = {"disable", "--yes", "--delete-backup"};
    List<Integer> charges =
        dyingEverywhere(
            "first",
            () -> {
              assertThat(user.run("first", disable).exitCode()).isIn(0, 40);
              assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode())
                  .isEqualTo(13);
              assertThat(charges()).isEqualTo(2);
              try (Stream<Path> left = Files.walk(user.provider)) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
              }
            },
            disable);
    assertThat(charges).containsExactly(2);
  }

  private void enabledWithABackupAndTwoCharges() {
    user.withLoosePolicyAccepted();
    assertThat(
            user.run("first", "vault", "init", user.vault.toString(), "--attempts", "1000")
                .exitCode())
        .isZero();
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    for (int i = 0; i < 2; i++) {
      assertThat(user.restore("other", "nothing", "a wrong password").exitCode()).isEqualTo(10);
    }
  }

  /** The charges that stood after each crash, without repetitions. */
  private List<Integer> dyingEverywhere(String home, Check check, String... command)
      throws Exception {
    copy(user.root, saved);
    List<Integer> charges = new ArrayList<>();
    for (int place = 0; ; place++) {
      DemoCommand.removeAll(user.root);
      copy(saved, user.root);
      Death death = new Death(place);
      user.disk = death;
      Sandbox.Said said = user.run(home, command);
      user.disk = DurableStep.NONE;
      int standing = charges();
      if (charges.isEmpty() || charges.get(charges.size() - 1) != standing) {
        charges.add(standing);
      }
      try {
        check.run();
      } catch (AssertionError failure) {
        throw new AssertionError("place " + place + ", which said " + said.all(), failure);
      }
      Points.visited();
      if (!death.wasReached()) {
        assertThat(said.exitCode()).isZero();
        assertThat(place).isGreaterThan(10);
        return charges;
      }
    }
  }

  /** What the vault says to a token; -1 where there is no vault yet. */
  private int charges() throws IOException {
    if (!Files.exists(user.vault.resolve("vault.json"))) {
      return NO_VAULT;
    }
    Surroundings surroundings =
        user.surroundings(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    try (OpenVault vault =
        OpenVault.open(
            new VaultPlace.Folder(user.vault, Optional.empty()), Optional.empty(), surroundings)) {
      VaultConnection connection = vault.connection();
      AccountName account = new AccountName(Sandbox.ACCOUNT);
      byte[] token = connection.tokens().tokenFor(account, connection.vaultId()).encode();
      byte[] request =
          new Request.Status(account, new Authority.Token(Bytes.copyOf(token)))
              .encode(Bytes.zero(32));
      SignedReply signed = SignedReply.decode(connection.client().exchange(request)).orElseThrow();
      return ((Reply.StatusReport) signed.reply()).charges();
    }
  }

  private void restores(Path expected, String home, String target, String password)
      throws IOException {
    assertThat(user.restore(home, target, password).exitCode()).isZero();
    assertThat(isRestored(expected, target)).isTrue();
  }

  private boolean isRestored(Path expected, String target) throws IOException {
    return TreeComparison.of(expected, user.path(target)).different() == 0;
  }

  private static void copy(Path from, Path to) throws Exception {
    Process copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
    assertThat(copying.waitFor()).isZero();
  }
}
