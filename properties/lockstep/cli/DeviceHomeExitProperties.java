package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command says of a home that is damaged, or open to others; reading leaves it as it is. */
final class DeviceHomeExitProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void newUser() throws IOException {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("first").exitCode()).isZero();
  }

  @Test
  @Verifies({"DEV-2", "CLI-9"})
  void statusMakesNoKeystoreWhereItIsGone() throws IOException {
    Path keystore = user.home("first").resolve("keystore");
    Files.delete(keystore);
    Said said = user.run("first", "status", "--json");
    assertThat(said.exitCode()).isOne();
    assertThat(said.json().get("reason").asText()).isEqualTo("deviceStateDamaged");
    assertThat(user.run("first", "backup", user.source.toString()).exitCode()).isOne();
    assertThat(keystore).doesNotExist();
  }

  @Test
  @Verifies("DEV-2")
  void aTruncatedKeystoreIsDamage() throws IOException {
    Files.write(user.home("first").resolve("keystore"), new byte[0]);
    for (String command : new String[] {"status", "verify"}) {
      Said said = user.run("first", command, "--json");
      assertThat(said.exitCode()).isOne();
      assertThat(said.json().get("reason").asText()).isEqualTo("deviceStateDamaged");
      assertThat(said.errors()).contains("keystore");
    }
  }

  @Test
  @Verifies({"DEV-3~2", "CLI-4"})
  void anotherUsersHomeIsRefusedByName() throws IOException {
    Path home = user.home("first");
    assumeTrue(Files.getAttribute(home, "unix:uid").equals(0), "only root gives a file away");
    Files.setAttribute(home, "unix:uid", 54321);
    Said said = user.run("first", "backup", user.source.toString(), "--json");
    assertThat(said.exitCode()).isEqualTo(40);
    assertThat(said.json().get("reason").asText()).isEqualTo("openToOthers");
    assertThat(said.errors()).contains(home.toString());
  }
}
