package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real full disks: tmpfs of 2 MiB, which need the right to mount. */
class FullDiskProperties {

  @TempDir Path directory;
  private Sandbox user;
  private Path small;

  @BeforeEach
  void smallDisk() throws Exception {
    user = new Sandbox(directory.toRealPath());
    small = Files.createDirectory(user.path("small"));
    assumeTrue(
        execute("mount", "-t", "tmpfs", "-o", "size=2m", "lockstep-test", small.toString()),
        "mounting a tmpfs needs root");
    byte[] large = new byte[4 << 20];
    new SplittableRandom(1).nextBytes(large);
    Files.write(user.source.resolve("large"), large);
  }

  @AfterEach
  void unmount() throws Exception {
    // Lazily: what the failed command had opened closes with its process, which here goes on.
    execute("umount", "-l", small.toString());
  }

  @Test
  @Verifies({"PRV-4~2", "BAK-3", "CLI-4", "USR-3"})
  void aFullProviderKeepsTheOldBackup() throws Exception {
    Files.move(user.source.resolve("large"), user.path("large"));
    String[] enable = {
      "enable",
      "--account",
      Sandbox.ACCOUNT,
      "--provider",
      small.resolve("drive").toString(),
      "--recovery-key",
      "--yes"
    };
    assertThat(user.run("first", enable).exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    Files.move(user.path("large"), user.source.resolve("large"));
    Said said = user.backup("first");
    assertThat(said.exitCode()).isEqualTo(30);
    assertThat(said.errors()).contains("full");
    assertThat(user.run("first", "verify").exitCode()).isZero();
  }

  @Test
  @Verifies({"RST-3~2", "CLI-4", "USR-3"})
  void aFullTargetHoldsNothing() {
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    Said said = user.restore("second", "small/target", Sandbox.PASSWORD);
    assertThat(said.exitCode()).isEqualTo(41);
    assertThat(user.path("small/target/large")).doesNotExist();
    assertThat(user.path("small/target/hello.txt")).doesNotExist();
    assertThat(user.run("second", "restore", user.path("target").toString()).exitCode()).isZero();
  }

  private static boolean execute(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
