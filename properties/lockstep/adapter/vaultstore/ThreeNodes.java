package lockstep.adapter.vaultstore;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.raft.PeerKey;
import lockstep.adapter.server.SelfSigned;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.state.PlainCopies;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.secret.Password;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.Request;

/** The three nodes of one vault, in this process, over the real log and on disk. */
final class ThreeNodes implements AutoCloseable {

  static final List<String> NAMES = List.of("node1", "node2", "node3");

  final Map<String, ClusterNode> running = new TreeMap<>();
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  /** In nanoseconds, by what does not jump; clocks that are set back go on by it. */
  final AtomicLong passed = new AtomicLong();

  private final SecureRandom random = new SecureRandom();
  private final Path directory;
  private final Duration entriesStay;
  final Map<String, InetSocketAddress> members = new LinkedHashMap<>();

  ThreeNodes(Path directory) throws IOException {
    this(directory, Duration.ofMinutes(30));
  }

  ThreeNodes(Path directory, Duration entriesStay) throws IOException {
    this.entriesStay = entriesStay;
    this.directory = directory.resolve("cluster");
    for (String name : NAMES) {
      try (ServerSocket free = new ServerSocket(0)) {
        members.put(name, InetSocketAddress.createUnresolved("127.0.0.1", free.getLocalPort()));
      }
    }
    SelfSigned key = SelfSigned.make(now.get(), Duration.ofDays(1), random);
    new VaultInitialisation(AttemptPolicy.STANDARD, new DurableFiles(), random)
        .makeNodes(
            this.directory,
            NAMES,
            (node, folder) -> {
              Files.write(folder.resolve("peers.pem"), key.certificate());
              Files.write(folder.resolve("peers-key.pem"), key.key());
            });
    for (String name : NAMES) {
      start(name);
    }
  }

  Path folder(String name) {
    return directory.resolve(name);
  }

  VaultDirectory files(String name) throws IOException {
    return VaultDirectory.open(folder(name));
  }

  void start(String name) throws IOException {
    Path folder = folder(name);
    running.put(
        name,
        files(name)
            .openNode(
                new VaultDirectory.NodeSettings(
                    members,
                    name,
                    PeerKey.read(folder.resolve("peers.pem"), folder.resolve("peers-key.pem")),
                    entriesStay.dividedBy(2),
                    entriesStay,
                    () -> {}),
                new SteadyClock(now::get, passed::get),
                random,
                new DurableFiles(),
                () -> {}));
  }

  void stop(String name) throws IOException {
    running.remove(name).close();
  }

  /** The name of the node that answered last. */
  String leader = "";

  byte[] exchange(byte[] request) throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < until) {
      for (Map.Entry<String, ClusterNode> node : running.entrySet()) {
        Optional<byte[]> reply = node.getValue().exchange(request);
        if (reply.isPresent()) {
          leader = node.getKey();
          return reply.get();
        }
      }
      pause();
    }
    throw new IOException("nobody leads");
  }

  VaultConnection connection() throws IOException {
    return connection(this::exchange);
  }

  VaultConnection connection(VaultClient client) throws IOException {
    VaultDirectory files = files("node1");
    return new VaultConnection(client, files.publicKey(), files.messenger(now::get, random));
  }

  /**
   * Leaves something of Alice's that is over ten minutes later: her line is cut within enrolling.
   */
  void leaveAStage() throws IOException {
    VaultConnection breaking =
        connection(
            request -> {
              if (Request.decode(request).orElseThrow() instanceof Request.Stage) {
                throw new IOException("the line is cut");
              }
              return exchange(request);
            });
    enrol(new TestDevice(), breaking);
  }

  static EnrolmentOutcome enrol(TestDevice device, VaultConnection connection) {
    try (Password password = VaultSite.password("correct horse")) {
      return device.run(
          state ->
              new Enrolment(state, connection).enrol(VaultSite.ALICE, password, PlainCopies.NONE));
    }
  }

  /** In how many accounts something has an end, on each node that runs. */
  Set<Integer> accountsWithAnEnd() {
    String question = "SELECT count(*) FROM accounts WHERE due IS NOT NULL";
    return running.keySet().stream()
        .map(name -> ask(name, question, rows -> rows.getInt(1)))
        .collect(Collectors.toSet());
  }

  /** What is read of one row. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  <T> T ask(String name, String question, Reading<T> reading) {
    String database = "jdbc:sqlite:" + folder(name).resolve("db/vault.db");
    try (Connection reader = DriverManager.getConnection(database + "?busy_timeout=10000");
        Statement query = reader.createStatement();
        ResultSet rows = query.executeQuery(question)) {
      return reading.of(rows);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  static void await(BooleanSupplier done) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("it did not come about in 30 s");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() throws IOException {
    for (String name : List.copyOf(running.keySet())) {
      stop(name);
    }
  }
}
