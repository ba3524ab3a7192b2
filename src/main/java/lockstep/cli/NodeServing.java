package lockstep.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import lockstep.adapter.raft.AgreedLog;
import lockstep.adapter.raft.PeerKey;
import lockstep.adapter.server.NotServedHere;
import lockstep.adapter.server.Standing;
import lockstep.adapter.vaultstore.ClusterNode;
import lockstep.adapter.vaultstore.SteadyClock;
import lockstep.adapter.vaultstore.VaultDirectory;
import lockstep.spec.Implements;

/** Runs one node of a vault until the process is told to end. */
@Implements({"REP-5", "REP-7", "REP-10~2", "OPS-2"})
final class NodeServing {

  /** Half of what REP-8 allows: the snapshot has the other half. */
  private static final Duration ENTRIES_STAY = Duration.ofMinutes(30);

  private final Surroundings surroundings;

  NodeServing(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The node of that configuration. */
  Answer serve(Path file) throws IOException {
    Path folder = file.resolveSibling("");
    NodeConfiguration.Outcome read =
        NodeConfiguration.read(
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8), folder);
    if (read.configuration().isEmpty()) {
      return Answer.refused(
              "The configuration is faulty in so many places: "
                  + read.faults().size()
                  + ". Nothing was started.",
              "Correct the lines below, and run the command again.")
          .withDetails(read.faults())
          .with("reason", "configurationFaulty");
    }
    return serve(read.configuration().get());
  }

  private Answer serve(NodeConfiguration configuration) throws IOException {
    PeerKey key;
    try {
      key = PeerKey.read(configuration.peers().certificate(), configuration.peers().key());
    } catch (IOException none) {
      return Answer.refused(
              "The certificate and key by which the nodes know each other cannot be used.",
              "Look at peer-certificate and peer-key: all nodes have the same two files.")
          .with("reason", "peerKeyUnusable");
    }
    AtomicBoolean broken = new AtomicBoolean();
    Thread serving = Thread.currentThread();
    Runnable end =
        () -> {
          broken.set(true);
          serving.interrupt();
        };
    try (ClusterNode node = opened(configuration, key, end)) {
      Answer answer =
          new VaultListening(
                  configuration.vault(),
                  configuration.listen(),
                  surroundings,
                  announcement(configuration, node))
              .serve(
                  request -> node.exchange(request).orElseThrow(NotServedHere::new),
                  Optional.of(configuration.tls().certificate()),
                  Optional.of(configuration.tls().key()));
      return broken.get() ? brokenDown() : answer;
    }
  }

  private ClusterNode opened(NodeConfiguration configuration, PeerKey key, Runnable broken) {
    Map<String, InetSocketAddress> members = new TreeMap<>();
    configuration.members().forEach((name, member) -> members.put(name, member.peers()));
    VaultDirectory.NodeSettings settings =
        new VaultDirectory.NodeSettings(
            members,
            configuration.node(),
            key,
            surroundings.sweepsEach(),
            ENTRIES_STAY,
            this::tellOfTrouble);
    return OpenVault.inFolder(
        configuration.vault(),
        directory -> {
          try {
            return directory.openNode(
                settings,
                new SteadyClock(surroundings.clock(), System::nanoTime),
                new SecureRandom(),
                surroundings.files(),
                broken);
          } catch (AgreedLog.LogLost lost) {
            throw new Ended(logLost());
          }
        });
  }

  private void tellOfTrouble() {
    surroundings
        .errors()
        .println(
            "This node could not erase what is over, or cut its log; it goes on trying. Look"
                + " whether a majority of the nodes runs, and whether a disk is full or broken.");
  }

  private static VaultListening.Announcement announcement(
      NodeConfiguration configuration, ClusterNode node) {
    List<URI> addresses =
        configuration.members().values().stream().map(NodeConfiguration.Member::devices).toList();
    return new VaultListening.Announcement() {
      @Override
      public String addresses(int port) {
        return addresses.stream()
            .map(address -> "https://" + address.getRawAuthority())
            .collect(Collectors.joining(","));
      }

      @Override
      public Standing standing() {
        if (!node.isReady()) {
          return Standing.NO_LEADER;
        }
        if (node.isTroubled()) {
          return Standing.TROUBLED;
        }
        return node.leads() ? Standing.LEADS : Standing.FOLLOWS;
      }

      @Override
      public Optional<InetSocketAddress> operators() {
        return configuration.operators();
      }
    };
  }

  private static Answer logLost() {
    return Answer.refused(
            "This node took part in its vault before, and its log is gone: it must not vote as if"
                + " it had forgotten nothing.",
            "Put its folder log back from this node's own disk; never from an older copy.")
        .with("reason", "logLost");
  }

  private static Answer brokenDown() {
    return Answer.of(
        Outcome.UNEXPECTED,
        "This node could not apply an entry of the vault's log and has ended; the others go on.",
        "Look at its disk: is it full or damaged? The entry is applied when the node starts"
            + " again.");
  }
}
