package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code lockstep conformance} ends over a live vault. */
class LiveVaultExitProperties {

  private static final String KEY = "ab".repeat(32);
  private static final String ASKED = "messages-a-reply-answers-one-sending";

  @TempDir Path root;
  private Sandbox user;
  private Path messenger;

  @BeforeEach
  void begin() throws IOException {
    user = new Sandbox(root.toRealPath());
    messenger = Files.createDirectory(root.resolve("messenger"));
    Files.write(messenger.resolve("messenger.key"), new byte[32]);
  }

  private Said examine(String... options) {
    return user.runAsTyped(
        Stream.concat(Stream.of("conformance"), Stream.of(options)).toArray(String[]::new));
  }

  private Said examineCommand(String command, String... options) {
    List<String> all =
        new ArrayList<>(List.of("--vault-command", command, "--vault-identity", KEY));
    all.addAll(List.of("--messenger", messenger.toString()));
    all.addAll(List.of(options));
    return examine(all.toArray(String[]::new));
  }

  @Test
  @Verifies({"CNF-12", "CNF-13"})
  void aVaultThatItsCommandServesIsAskedAndKilledAndAskedAgain() throws IOException {
    user.advance(Duration.between(user.now(), Instant.now())); // the command has no other clock
    ServedVault served = new ServedVault(user, user.vault);
    messenger = user.vault.resolve("messenger");
    Said said =
        examine(
            "--vault-command",
            served.serving(),
            "--vault-identity",
            served.identity(),
            "--messenger",
            messenger.toString(),
            "--vault-restart",
            "true",
            "--case",
            "messages-a-crash-keeps-record-and-mark");
    assertThat(said.all()).contains("1 passed, 0 failed");
    assertThat(said.exitCode()).isZero();
  }

  @Test
  @Verifies({"CNF-12", "CNF-9~2"})
  void aCommandThatIsNoVaultFails() {
    Said silent = examineCommand("exec sleep 60", "--timeout", "1", "--case", ASKED);
    assertThat(silent.exitCode()).isEqualTo(50);
    assertThat(silent.errors()).contains("\"hang\"", "--vault-command 'exec sleep 60'");
    Said echo = examineCommand("exec cat", "--case", ASKED);
    assertThat(echo.exitCode()).isEqualTo(50);
    assertThat(echo.errors()).contains("no reply of WIR-2", "clause WIR-4~2");
    Said mute = examineCommand("printf '\\000\\000\\000\\000'; exec cat", "--case", ASKED);
    assertThat(mute.exitCode()).isEqualTo(50);
    assertThat(mute.errors()).contains("the vault has no reply");
  }

  @Test
  @Verifies("CNF-13")
  void whatALiveVaultCannotShowIsNotOffered() {
    Said said = examineCommand("exec cat", "--case", "messages-token-of-the-issuer");
    assertThat(said.exitCode()).isEqualTo(51);
    assertThat(said.errors()).contains("0 passed, 0 failed", "1 not offered");
  }

  @Test
  @Verifies({"CNF-13", "CLI-4"})
  void wrongUsageEndsWithTwo() {
    String folder = messenger.toString();
    String url = "https://localhost:1";
    usage("of which only one may", "--vault", url, "--vault-command", "cat");
    usage("--vault-identity", "--vault-command", "cat", "--messenger", folder);
    usage("--messenger", "--vault-command", "cat", "--vault-identity", KEY);
    usage("no issuer", with("--vault-command", "cat", user.path("none").toString()));
    usage("no address", with("--vault", "http://localhost:1", folder));
    usage("no address", with("--vault", "https://localhost:1/path", folder));
    usage("64 hexadecimal", with("--vault", url, folder, "--vault-tls-key", "ab"));
    usage("no option names", with("--vault-command", "cat", folder, "--vault-tls-key", KEY));
    usage("no option names", "--messenger", folder, "--", "cat");
    usage("and not both", with("--vault-command", "cat", folder, "--", "cat"));
    usage("vault-messages only", with("--vault-command", "cat", folder, "--profile", "device"));
  }

  private static String[] with(String option, String vault, String messenger, String... more) {
    return Stream.concat(
            Stream.of(option, vault, "--vault-identity", KEY, "--messenger", messenger),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private void usage(String sentence, String... options) {
    Said said = examine(options);
    assertThat(said.errors()).contains(sentence);
    assertThat(said.exitCode()).isEqualTo(2);
  }
}
