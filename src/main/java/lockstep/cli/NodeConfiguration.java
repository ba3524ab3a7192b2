package lockstep.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lockstep.spec.Decides;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * What the configuration of one node of a vault says.
 *
 * @param node its name
 * @param vault its folder
 * @param listen where it serves devices
 * @param operators where it tells operators how it stands, if anywhere
 * @param tls the files of its server's certificate and key
 * @param peers the files of the certificate and key that all nodes share
 * @param members all nodes, by name
 */
@Decides("REP-10~2")
record NodeConfiguration(
    String node,
    Path vault,
    InetSocketAddress listen,
    Optional<InetSocketAddress> operators,
    Pair tls,
    Pair peers,
    Map<String, Member> members) {

  private static final Set<String> KEYS =
      Set.of(
          "node",
          "vault",
          "listen",
          "operators",
          "tls-certificate",
          "tls-key",
          "peer-certificate",
          "peer-key",
          "members");
  private static final Set<String> OF_MEMBER = Set.of("peers", "devices");
  private static final Set<Integer> SIZES = Set.of(1, 3, 5);

  /** A certificate's file and its key's. */
  record Pair(Path certificate, Path key) {}

  /**
   * One node.
   *
   * @param peers where it listens for the others
   * @param devices where devices reach it
   */
  record Member(InetSocketAddress peers, URI devices) {}

  /**
   * What came of reading one.
   *
   * @param faults one line each, in the order of the file; none where there is a configuration
   */
  record Outcome(Optional<NodeConfiguration> configuration, List<String> faults) {}

  /** Reads the text; paths in it are relative to {@code folder}. */
  static Outcome read(String text, Path folder) {
    TomlParseResult parsed = Toml.parse(text);
    if (parsed.hasErrors()) {
      return new Outcome(
          Optional.empty(),
          parsed.errors().stream()
              .map(error -> at(error.position()) + "this is not TOML")
              .toList());
    }
    return new Reading(parsed, folder).outcome();
  }

  private static String at(@Nullable TomlPosition position) {
    return position == null ? "" : "line " + position.line() + ": ";
  }

  /** Goes through a whole file before it gives up. */
  private static final class Reading {

    private final TomlTable table;
    private final Path folder;
    private final List<String> faults = new ArrayList<>();

    Reading(TomlTable table, Path folder) {
      this.table = table;
      this.folder = folder;
    }

    Outcome outcome() {
      requireKnown(table, KEYS);
      Optional<String> node = text(table, "node");
      Optional<Path> vault = path("vault");
      Optional<InetSocketAddress> listen = address(table, "listen");
      Optional<InetSocketAddress> operators =
          table.contains(List.of("operators")) ? address(table, "operators") : Optional.empty();
      Optional<Path> certificate = path("tls-certificate");
      Optional<Path> key = path("tls-key");
      Optional<Path> peerCertificate = path("peer-certificate");
      Optional<Path> peerKey = path("peer-key");
      Map<String, Member> members = members();
      if (node.isPresent() && !members.isEmpty() && !members.containsKey(node.get())) {
        fault(table, "node", "does not name one of the members");
      }
      if (!faults.isEmpty()) {
        return new Outcome(Optional.empty(), List.copyOf(faults));
      }
      return new Outcome(
          Optional.of(
              new NodeConfiguration(
                  node.orElseThrow(),
                  vault.orElseThrow(),
                  listen.orElseThrow(),
                  operators,
                  new Pair(certificate.orElseThrow(), key.orElseThrow()),
                  new Pair(peerCertificate.orElseThrow(), peerKey.orElseThrow()),
                  members)),
          List.of());
    }

    private Map<String, Member> members() {
      Map<String, Member> members = new LinkedHashMap<>();
      if (!(table.get(List.of("members")) instanceof TomlTable named)) {
        fault(
            table,
            "members",
            "is missing, or is not a table: write one [members.NAME] for each node");
        return members;
      }
      int before = faults.size();
      for (String name : named.keySet()) {
        if (!(named.get(List.of(name)) instanceof TomlTable member)) {
          faults.add(at(named.inputPositionOf(List.of(name))) + "this member is not a table");
          continue;
        }
        requireKnown(member, OF_MEMBER);
        Optional<InetSocketAddress> peers = address(member, "peers");
        Optional<URI> devices = text(member, "devices").flatMap(VaultAddress::parse);
        if (devices.isEmpty()) {
          fault(member, "devices", "is missing, or is not like https://host:port");
        }
        if (peers.isPresent() && devices.isPresent()) {
          members.put(name, new Member(peers.get(), devices.get()));
        }
      }
      if (faults.size() == before && !SIZES.contains(members.size())) {
        fault(table, "members", "must have 1, 3 or 5 nodes");
      }
      long places =
          members.values().stream()
              .flatMap(one -> Stream.of(one.peers(), one.devices()))
              .distinct()
              .count();
      if (places < 2L * members.size()) {
        fault(table, "members", "names the same address twice");
      }
      return members;
    }

    private Optional<InetSocketAddress> address(TomlTable from, String key) {
      Optional<String> typed = text(from, key);
      Optional<InetSocketAddress> address =
          typed.flatMap(VaultAddress::toListenOn).filter(one -> one.getPort() > 0);
      if (typed.isPresent() && address.isEmpty()) {
        fault(from, key, "is not like 192.0.2.1:8443");
      }
      return address;
    }

    private Optional<Path> path(String key) {
      return text(table, key).map(name -> folder.resolve(name).normalize());
    }

    private Optional<String> text(TomlTable from, String key) {
      if (from.get(List.of(key)) instanceof String found && !found.isEmpty()) {
        return Optional.of(found);
      }
      if (!key.equals("devices")) {
        fault(from, key, "is missing, or is not text");
      }
      return Optional.empty();
    }

    private void requireKnown(TomlTable from, Set<String> known) {
      for (String key : from.keySet()) {
        if (!known.contains(key)) {
          faults.add(at(from.inputPositionOf(List.of(key))) + "this key is not known");
        }
      }
    }

    private void fault(TomlTable from, String key, String what) {
      faults.add(at(from.inputPositionOf(List.of(key))) + key + " " + what);
    }
  }
}
