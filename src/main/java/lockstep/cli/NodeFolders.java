package lockstep.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.server.SelfSigned;
import lockstep.adapter.vaultstore.VaultInitialisation;
import lockstep.spec.Implements;
import lockstep.vault.machine.AttemptPolicy;

/** The folders of a new vault's nodes, all on this machine's loopback. */
@Implements({"REP-9", "REP-6"})
final class NodeFolders {

  static final String CONFIGURATION = "node.toml";
  private static final Duration VALIDITY = Duration.ofDays(3_650);

  private final Surroundings surroundings;
  private final SecureRandom random;

  NodeFolders(Surroundings surroundings, SecureRandom random) {
    this.surroundings = surroundings;
    this.random = random;
  }

  /** Makes them; false where something else is in the folder. */
  boolean make(Path folder, List<String> names) throws IOException {
    DurableFiles files = surroundings.files();
    SelfSigned server = SelfSigned.make(surroundings.clock().instant(), VALIDITY, random);
    SelfSigned peers = SelfSigned.make(surroundings.clock().instant(), VALIDITY, random);
    List<Integer> ports = freePorts(2 * names.size());
    return new VaultInitialisation(AttemptPolicy.STANDARD, files, random)
        .makeNodes(
            folder,
            names,
            (node, place) -> {
              files.createDirectory(place.resolve("tls"));
              files.create(place.resolve("tls/certificate.pem"), server.certificate());
              files.create(place.resolve("tls/key.pem"), server.key());
              files.create(place.resolve("tls/peers.pem"), peers.certificate());
              files.create(place.resolve("tls/peers-key.pem"), peers.key());
              files.create(
                  place.resolve(CONFIGURATION),
                  configuration(node, names, ports).getBytes(StandardCharsets.UTF_8));
            });
  }

  private static String configuration(String node, List<String> names, List<Integer> ports) {
    StringBuilder text = new StringBuilder();
    text.append("# One node of a Lockstep vault: lockstep vault serve node.toml\n")
        .append("node = \"" + node + "\"\n")
        .append("vault = \".\"\n")
        .append("listen = \"127.0.0.1:" + ports.get(names.indexOf(node)) + "\"\n")
        .append("tls-certificate = \"tls/certificate.pem\"\n")
        .append("tls-key = \"tls/key.pem\"\n\n")
        .append("# By these all nodes know each other.\n")
        .append("peer-certificate = \"tls/peers.pem\"\n")
        .append("peer-key = \"tls/peers-key.pem\"\n");
    for (int i = 0; i < names.size(); i++) {
      text.append("\n[members." + names.get(i) + "]\n")
          .append("peers = \"127.0.0.1:" + ports.get(names.size() + i) + "\"\n")
          .append("devices = \"https://127.0.0.1:" + ports.get(i) + "\"\n");
    }
    return text.toString();
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }
}
