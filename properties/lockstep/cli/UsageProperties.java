package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lockstep.cli.Sandbox.Said;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** How arguments are read, and what is said of those that cannot be. */
class UsageProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void newUser() throws Exception {
    user = new Sandbox(directory.toRealPath());
  }

  @Test
  @Verifies("CLI-7")
  void optionsStandBeforeOrAfterTheName() {
    String home = user.home("first").toString();
    for (String[] order :
        new String[][] {
          {"status", "--home", home, "--json"},
          {"--home", home, "--json", "status"},
          {"--json", "status", "--home", home},
          {"--home=" + home, "status", "--json"}
        }) {
      Said said = user.runAsTyped(order);
      assertThat(said.exitCode()).isZero();
      assertThat(said.json().get("home").asText()).isEqualTo(home);
    }
    String vault = user.vault.toString();
    assertThat(user.runAsTyped("--json", "vault", "--attempts", "7", "init", vault).exitCode())
        .isZero();
    assertThat(user.vault).exists();
  }

  @Test
  @Verifies({"CLI-4", "USR-3"})
  void theVaultsHelpIsShownWhateverIsMissing() {
    assertThat(user.runAsTyped("vault", "--help").output()).contains("--attempts");
    Said incomplete = user.runAsTyped("vault");
    assertThat(incomplete.exitCode()).isEqualTo(2);
    assertThat(incomplete.errors()).contains("DIR").contains("vault init --help");
  }

  @Test
  @Verifies({"CLI-4", "USR-3"})
  void anOptionThatStandsTwiceIsNamed() {
    Said twice = user.runAsTyped("--json", "status", "--json");
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.errors()).contains("twice: --json");
  }

  @Test
  @Verifies("CLI-7")
  void theListOfOptionsThatTakeAValueIsComplete() {
    Set<String> valued = new HashSet<>();
    for (String name : CommandTable.NAMES) {
      for (OptionSpec option :
          CommandTable.parser(CommandTable.make(name)).getCommandSpec().options()) {
        if (option.arity().max() > 0) {
          valued.addAll(List.of(option.names()));
        }
      }
    }
    assertThat(valued).isEqualTo(ArgumentOrder.VALUED);
  }

  @Test
  @Verifies({"CLI-4", "USR-3", "CLI-6", "SEC-5"})
  void usageErrorsNeverRepeatAValue() {
    for (String[] wrong :
        new String[][] {
          {},
          {"hunter2-secret"},
          {"enable", "--password", "hunter2-secret"},
          {"enable", "--password=hunter2-secret"},
          {"backup"},
          {"backup", "a", "hunter2-secret"},
          {"vault", "hunter2-secret"},
          {"vault", "init", "v", "--attempts", "hunter2-secret"},
          {"status", "--home"},
          {"restore", "t", "--password-file", "-", "--recovery-key-file", "-"}
        }) {
      Said said = user.runAsTyped(wrong);
      assertThat(said.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(said.output()).isEmpty();
      assertThat(said.errors()).doesNotContain("hunter2").hasLineCount(2);
    }
  }

  @Test
  @Verifies("CLI-2")
  void standardInputServesOneSecretOnly() {
    Said said =
        user.run("first", "change-password", "--password-file", "-", "--new-password-file", "-");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.errors()).contains("standard input");
  }

  @Test
  @Verifies({"CLI-2", "CLI-3"})
  void aPasswordComesFromStandardInput() {
    user.input = (Sandbox.PASSWORD + "\n").getBytes(StandardCharsets.UTF_8);
    Said said =
        user.run(
            "first",
            "enable",
            "--account",
            Sandbox.ACCOUNT,
            "--provider",
            user.provider.toString(),
            "--vault",
            user.vault.toString(),
            "--password-file",
            "-");
    assertThat(said.exitCode()).isZero();
    assertThat(
            user.run("first", "rehearse", "--password-file", user.file("p", Sandbox.PASSWORD))
                .exitCode())
        .isZero();
  }

  @Test
  @Verifies("CLI-1")
  void withoutATerminalEachMissingSecretNamesItsOption() throws Exception {
    List<String> account =
        List.of("--account", Sandbox.ACCOUNT, "--provider", user.provider.toString());
    List<String> vault = List.of("--vault", user.vault.toString());
    assertMissing("--password-file", "enable", account, vault);
    assertMissing("--account", "enable", List.of("--provider", user.provider.toString()), vault);
    assertMissing("--provider", "enable", List.of("--account", "x"), vault);
    assertMissing("--vault", "enable", account, List.of());
    assertThat(user.run("x", "vault", "init", user.vault.toString()).exitCode()).isZero();
    String target = user.path("target").toString();
    assertMissing("--password-file", "restore", List.of(target), join(account, vault));
    assertMissing("--recovery-key-file", "restore", List.of(target), account);
    assertMissing("--account", "restore", List.of(target), List.of());
    assertMissing("--vault", "restart", List.of("--account", Sandbox.ACCOUNT), List.of());
    assertThat(Files.exists(user.path("target"))).isFalse();
  }

  @Test
  @Verifies("CLI-1")
  void aProcessWithRedirectedInputHasNoTerminal() {
    assertThat(Terminal.ofProcess()).isNull();
  }

  @Test
  @Verifies({"ENC-4", "CLI-4", "USR-3"})
  void whatIsNoAccountNameIsAUsageError() {
    for (String name : new String[] {"", "a\nhunter2", "hunter2\u0085", "hunter2".repeat(37)}) {
      Said said = user.run("first", "restart", "--account", name, "--vault", user.vault.toString());
      assertThat(said.exitCode()).isEqualTo(2);
      assertThat(said.errors()).contains("--account").doesNotContain("hunter2");
    }
    assertThat(user.home("first")).doesNotExist();
  }

  @Test
  @Verifies({"CLI-5", "CLI-4"})
  void jsonIsPrintedForUsageErrorsToo() {
    Said said = user.runAsTyped("--json", "backup");
    assertThat(said.json().get("outcome").asText()).isEqualTo("usage");
    assertThat(said.errors()).contains("SOURCE_DIR");
  }

  @Test
  @Verifies("CLI-4")
  @Exhaustive("command")
  void everyCommandHasHelp() {
    assertThat(user.runAsTyped("--help").output()).contains(CommandTable.NAMES);
    for (String name : CommandTable.NAMES) {
      List<String> words = new ArrayList<>(List.of(name.split(" ")));
      words.add("--help");
      Said said = user.runAsTyped(words.toArray(String[]::new));
      assertThat(said.exitCode()).isZero();
      assertThat(said.output()).contains("lockstep " + name).contains("--home");
      Points.visited();
    }
  }

  private void assertMissing(String option, String name, List<String> some, List<String> more) {
    List<String> words = new ArrayList<>(List.of(name));
    words.addAll(some);
    words.addAll(more);
    Said said = user.run("first", words.toArray(String[]::new));
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.errors()).contains(option);
  }

  private static List<String> join(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
