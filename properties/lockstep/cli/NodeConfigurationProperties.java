package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node's configuration is read as a whole, and each fault in it is named with its line. */
class NodeConfigurationProperties {

  private static final String GOOD =
      """
      node = "b"
      vault = "here"
      listen = "127.0.0.1:8442"
      tls-certificate = "c.pem"
      tls-key = "k.pem"
      peer-certificate = "pc.pem"
      peer-key = "pk.pem"
      [members.a]
      peers = "127.0.0.1:9441"
      devices = "https://127.0.0.1:8441"
      [members.b]
      peers = "127.0.0.1:9442"
      devices = "https://127.0.0.1:8442"
      [members.c]
      peers = "127.0.0.1:9443"
      devices = "https://127.0.0.1:8443"
      """;

  private static final Path FOLDER = Path.of("/etc/lockstep");

  @Test
  @Verifies("REP-10~2")
  void aWholeOneIsReadWithPathsRelativeToItsFile() {
    NodeConfiguration read = NodeConfiguration.read(GOOD, FOLDER).configuration().orElseThrow();
    assertThat(read.vault()).isEqualTo(FOLDER.resolve("here"));
    assertThat(read.peers().key()).isEqualTo(FOLDER.resolve("pk.pem"));
    assertThat(read.listen().getPort()).isEqualTo(8442);
    assertThat(read.operators()).isEmpty();
    String more = "operators = \"127.0.0.1:9464\"\n" + GOOD;
    assertThat(NodeConfiguration.read(more, FOLDER).configuration().orElseThrow().operators())
        .hasValueSatisfying(address -> assertThat(address.getPort()).isEqualTo(9464));
    assertThat(read.members().keySet()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(read.members().get("c").devices().getPort()).isEqualTo(8443);
  }

  @Test
  @Verifies("REP-10~2")
  void threeFaultsAreNamedAllThree() {
    String text =
        GOOD.replace("vault = \"here\"", "vault = 3")
            .replace("127.0.0.1:8442\"\ntls", "127.0.0.1\"\ntls")
            .replace("node = \"b\"", "node = \"z\"");
    List<String> faults = NodeConfiguration.read(text, FOLDER).faults();
    assertThat(faults)
        .containsExactlyInAnyOrder(
            "line 2: vault is missing, or is not text",
            "line 3: listen is not like 192.0.2.1:8443",
            "line 1: node does not name one of the members");
  }

  @ParameterizedTest
  @Verifies("REP-10~2")
  @CsvSource(
      delimiter = '|',
      value = {
        "node = \"b\"|nodes = \"b\"|line 1: this key is not known",
        "node = \"b\"|operators = 3|line 1: operators is missing, or is not text",
        "tls-key = \"k.pem\"|tls-key = \"\"|line 5: tls-key is missing, or is not text",
        "127.0.0.1:9443|127.0.0.1:9442|names the same address twice",
        "127.0.0.1:9443|127.0.0.1:0|line 15: peers is not like",
        "https://127.0.0.1:8441|http://127.0.0.1:8441|line 10: devices is missing, or is not like",
        "[members.c]|[members.b]|this is not TOML",
        "[members.c]|[member.c]|must have 1, 3 or 5 nodes",
      })
  void eachFaultHasItsLine(String from, String to, String said) {
    NodeConfiguration.Outcome read = NodeConfiguration.read(GOOD.replace(from, to), FOLDER);
    assertThat(read.configuration()).isEmpty();
    assertThat(read.faults()).anyMatch(line -> line.contains(said));
  }
}
