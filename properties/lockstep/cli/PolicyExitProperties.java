package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import lockstep.wire.Policy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user hears of the vault's policy, and when the command refuses it. */
class PolicyExitProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void newUser() throws Exception {
    user = new Sandbox(directory.toRealPath());
  }

  @Test
  @Verifies("ENR-8")
  void enablingSaysInWordsWhatTheVaultTakes() {
    Said said = user.enable("first");
    assertThat(said.exitCode()).isZero();
    assertThat(said.output())
        .contains("The vault takes 5 wrong passwords, then a wait of 24 h, then 5 more;");
  }

  @Test
  @Verifies({"ENR-8", "CLI-4", "USR-3"})
  void aLoosePolicyIsRefusedUntilItIsAcceptedByName() {
    String[] init = {"vault", "init", user.vault.toString(), "--attempts", "1000"};
    assertThat(user.run("first", words(init, "--rounds", "100", "--wait", "PT1S")).exitCode())
        .isZero();
    Said refused = user.run("first", words(user.enabling(), "--json"));
    assertThat(refused.exitCode()).isEqualTo(40);
    assertThat(refused.json().get("reason").asText()).isEqualTo("loosePolicy");
    assertThat(refused.json().get("message").asText())
        .contains("1000 wrong passwords, then a wait of 1 s, then 1000 more, and so on, 100000 in");
    assertThat(refused.json().get("next").asText()).contains("--accept-policy");
    assertThat(user.run("first", words(user.enabling(), "--accept-policy")).exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    Said restored = user.restore("second", "target", Sandbox.PASSWORD);
    assertThat(restored.exitCode()).isEqualTo(40);
    assertThat(user.run("first", "status", "--contact").output())
        .contains("At the vault 1000 attempts are left");
    user.withLoosePolicyAccepted();
    assertThat(user.restore("second", "target", Sandbox.PASSWORD).exitCode()).isZero();
  }

  @Test
  @Verifies("ENR-8")
  void everyShapeOfPolicyHasWords() {
    assertThat(VaultAnswers.inWords(new Policy(1, 1, 3_600_000)))
        .isEqualTo("1 wrong password in all");
    assertThat(VaultAnswers.inWords(new Policy(4, 1, 3_600_000)))
        .isEqualTo("4 wrong passwords in all");
    assertThat(VaultAnswers.inWords(new Policy(1, 2, 5_400_000)))
        .isEqualTo("1 wrong password, then a wait of 90 min, then 1 more");
    assertThat(VaultAnswers.inWords(new Policy(2, 3, 3_601_000)))
        .isEqualTo(
            "2 wrong passwords, then a wait of 3601 s, then 2 more, and so on, 6 in 3 rounds");
  }

  private static String[] words(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }
}
