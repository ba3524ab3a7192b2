package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.adapter.device.DeviceDirectory;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command refuses before it changes anything (exit codes 2 and 40). */
class RefusalProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void newUser() throws Exception {
    user = new Sandbox(directory.toRealPath());
  }

  @Test
  @Verifies({"CLI-4", "RST-2~2", "USR-3"})
  void aTargetThatIsNotEmptyIsRefusedBeforeAnAttemptIsSpent() throws Exception {
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    Files.createDirectory(user.path("target"));
    Files.createFile(user.path("target/mine"));
    Said said = user.restore("second", "target", "wrong password");
    assertThat(said.exitCode()).isEqualTo(40);
    assertThat(said.errors()).contains("not empty");
    assertThat(user.path("target/mine")).exists();
  }

  @Test
  @Verifies({"RST-2~2", "CLI-4", "USR-3"})
  void aTargetAmongTheSystemsOwnIsRefusedBeforeAnAttemptIsSpent() {
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    for (String own : new String[] {"provider/new", "vault/new", "second/new"}) {
      Said said = user.restore("second", own, "wrong password");
      assertThat(said.exitCode()).as(own).isEqualTo(40);
      assertThat(said.errors()).contains("lies in");
      assertThat(user.path(own)).doesNotExist();
    }
  }

  @Test
  @Verifies({"BAK-11", "CLI-4"})
  void aSourceThatIsTheSystemsOwnIsRefused() {
    assertThat(user.enable("first").exitCode()).isZero();
    for (Path own :
        new Path[] {
          user.root,
          user.provider,
          user.vault,
          user.home("first"),
          user.provider.resolve("lockstep-v1")
        }) {
      Said said = user.run("first", "backup", own.toString());
      assertThat(said.exitCode()).as(own.toString()).isEqualTo(40);
    }
    assertThat(user.provider.resolve("lockstep-v1")).doesNotExist();
  }

  @Test
  @Verifies({"CLI-4", "USR-3"})
  void whatNeedsAnEnabledDeviceSaysSo() {
    for (String[] command :
        new String[][] {
          {"backup", user.source.toString()},
          {"verify"},
          {"rehearse", "--password-file", user.file("p", Sandbox.PASSWORD)},
          {"rotate-key", "--password-file", user.file("p", Sandbox.PASSWORD)},
          {"disable", "--yes"},
          {"show-key", "--password-file", user.file("p", Sandbox.PASSWORD)}
        }) {
      Said said = user.run("nobody", command);
      assertThat(said.exitCode()).as(command[0]).isEqualTo(40);
      assertThat(said.errors()).as(command[0]).contains("not enabled").contains("enable");
    }
    assertThat(user.run("nobody", "status").exitCode()).isZero();
    assertThat(user.home("nobody")).doesNotExist();
  }

  @Test
  @Verifies({"CLI-4", "USR-3"})
  void anEnabledDeviceIsNotEnabledAgain() {
    assertThat(user.enable("first").exitCode()).isZero();
    Said again = user.enable("first");
    assertThat(again.exitCode()).isEqualTo(40);
    assertThat(again.errors()).contains("already enabled");
    Said elsewhere = user.enable("second");
    assertThat(elsewhere.exitCode()).isEqualTo(40);
    assertThat(elsewhere.errors()).contains("restore").contains("restart");
  }

  @Test
  @Verifies({"DEV-4", "CLI-9", "CLI-4", "USR-3"})
  void oneCommandAtATime() throws Exception {
    assertThat(user.enable("first").exitCode()).isZero();
    try (DeviceDirectory held = DeviceDirectory.lock(user.home("first")).orElseThrow()) {
      assertThat(held).isNotNull();
      Said said = user.backup("first");
      assertThat(said.exitCode()).isEqualTo(40);
      assertThat(said.errors()).contains("Another command");
      assertThat(user.run("first", "status").exitCode()).isZero();
    }
    assertThat(user.backup("first").exitCode()).isZero();
  }

  @Test
  @Verifies({"ENR-7", "CLI-4", "USR-3"})
  void plainCopiesAreNamedAndAcceptedByName() throws Exception {
    Files.writeString(user.provider.resolve("msgstore.db"), "plain");
    Said found = user.enable("first");
    assertThat(found.exitCode()).isEqualTo(40);
    assertThat(found.errors()).contains("msgstore.db").contains("--accept-plain");
    String[] accepting = {
      "enable",
      "--account",
      Sandbox.ACCOUNT,
      "--provider",
      user.provider.toString(),
      "--vault",
      user.vault.toString(),
      "--password-file",
      user.file("password", Sandbox.PASSWORD),
      "--accept-plain",
      "msgstore.db"
    };
    assertThat(user.run("first", accepting).exitCode()).isZero();
  }

  @Test
  @Verifies({"ENR-1", "CLI-4", "USR-3"})
  void aVaultWithAnotherIdentityIsRefused() {
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    DemoCommand.removeAll(user.vault);
    assertThat(user.run("x", "vault", "init", user.vault.toString()).exitCode()).isZero();
    Said said =
        user.run(
            "first",
            "change-password",
            "--password-file",
            user.file("old", Sandbox.PASSWORD),
            "--new-password-file",
            user.file("new", "another password"));
    assertThat(said.exitCode()).isEqualTo(31);
    assertThat(said.errors()).contains("identity");
  }

  @Test
  @Verifies({"LIM-1", "CLI-4"})
  void aPolicyOutOfItsBoundsIsRefused() {
    for (String[] policy :
        new String[][] {
          {"--attempts", "0"},
          {"--attempts", "1001"},
          {"--rounds", "101"},
          {"--wait", "PT0.5S"},
          {"--wait", "P366D"},
          {"--wait", "soon"}
        }) {
      Said said = user.run("x", "vault", "init", user.vault.toString(), policy[0], policy[1]);
      assertThat(said.exitCode()).as(policy[1]).isEqualTo(2);
    }
    assertThat(user.vault).doesNotExist();
  }

  @Test
  void aLibraryThatFailsPrintsNoStackTrace() throws Exception {
    String printed =
        new ForkedCommand(user.home("first"), user.enabling())
            .withOption("-Dorg.sqlite.tmpdir=" + user.path("nowhere/at/all"))
            .runAndRead();
    assertThat(printed).startsWith("31 ").contains("The vault cannot be used now.");
    assertThat(printed).doesNotContain("Exception").doesNotContain("\tat ");
  }
}
