package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lockstep.adapter.remote.HttpsVault;
import lockstep.adapter.remote.VaultUnreachable;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import lockstep.wire.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault of three nodes, each a process, and a device that knows the line that they printed. */
class VaultClusterProperties {

  private static final Pattern PROCESS = Pattern.compile("(node\\d) is process (\\d+)\\.");

  /** More than a command needs. */
  private static final int TOKENS = 6;

  @TempDir Path directory;
  private Sandbox user;
  private Path cluster;

  @BeforeEach
  void aUser() throws Exception {
    user = new Sandbox(directory.toRealPath());
    user.advance(Duration.between(user.now(), Instant.now()));
    cluster = user.root.resolve("cluster");
  }

  @Test
  @Verifies({"REP-5", "REP-6", "REP-7", "REP-9", "REP-10~2", "DOR-8~2", "OPS-2"})
  void aKilledLeaderCostsNoChargeAndNoBackup() throws Exception {
    try (Running vault = new Running("vault", "cluster", cluster.toString(), "--nodes", "3")) {
      List<String> options = vault.options();
      assertThat(said("first", options, "enable").all()).contains("is enabled");
      issueTokens(options.get(3));
      assertThat(user.backup("first").all()).contains("is complete");
      assertThat(restore("second", options, "wrong password").errors())
          .contains("4 attempts are left");
      String leader = leader(options);
      ProcessHandle killed = process(vault, leader);
      killed.destroyForcibly();
      killed.onExit().join();
      assertThat(restore("second", options, "another wrong password").errors())
          .contains("3 attempts are left");
      Path configuration = cluster.resolve(leader).resolve("node.toml");
      int port = toldOfAtANewPort(configuration);
      try (Running again = new Running("vault", "serve", configuration.toString())) {
        assertThat(again.options().get(1)).isEqualTo(options.get(1));
        assertThat(ready(port)).isIn("follows\n", "leads\n");
        assertThat(leader(options)).isNotEqualTo(leader);
      }
      assertThat(restore("second", options, Sandbox.PASSWORD).all()).contains("Restored backup 1");
      assertThat(user.path("target/hello.txt")).hasContent("Hello, world.\n");
      assertThat(run("vault", "cluster", cluster.toString(), "--nodes", "5").exitCode())
          .isEqualTo(40);
      Files.delete(configuration.resolveSibling("tls/peers-key.pem"));
      assertThat(run("vault", "serve", configuration.toString()).all()).contains("peer-key");
    }
  }

  @Test
  @Verifies({"REP-9", "REP-10~2"})
  void whatCannotBeRunIsToldAndNothingIsStarted() throws Exception {
    Path file = Path.of(user.file("node.toml", "node = 3\nlisten = \"x\"\nmore = 1\n"));
    Said faulty = run("vault", "serve", file.toString());
    assertThat(faulty.exitCode()).isEqualTo(40);
    assertThat(faulty.all()).contains("line 1: node", "line 2: listen", "line 3: this key");
    assertThat(run("vault", "serve", file.toString(), "--stdio").exitCode()).isEqualTo(2);
    assertThat(run("vault", "cluster", file.getParent().toString()).exitCode()).isEqualTo(40);
    assertThat(run("vault", "cluster", cluster.toString(), "--nodes", "2").exitCode()).isEqualTo(2);
    assertThat(cluster).doesNotExist();
  }

  /** Has operators told of the node. */
  private static int toldOfAtANewPort(Path configuration) throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      String line = "operators = \"127.0.0.1:" + free.getLocalPort() + "\"\n";
      Files.writeString(configuration, line + Files.readString(configuration));
      return free.getLocalPort();
    }
  }

  private static String ready(int port) throws IOException {
    try (InputStream answer =
        URI.create("http://127.0.0.1:" + port + "/ready").toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private ProcessHandle process(Running vault, String node) {
    Matcher found = PROCESS.matcher(vault.errors.toString(StandardCharsets.UTF_8));
    while (found.find()) {
      if (found.group(1).equals(node)) {
        return ProcessHandle.of(Long.parseLong(found.group(2))).orElseThrow();
      }
    }
    throw new AssertionError("no process of " + node);
  }

  /** The node that answers; the others say that they do not. */
  private static String leader(List<String> options) throws Exception {
    Bytes key = Bytes.copyOf(HexFormat.of().parseHex(options.get(5)));
    List<String> nodes = Arrays.asList(options.get(1).split(","));
    for (int round = 0; round < 200; round++) {
      for (String node : nodes) {
        List<URI> address = List.of(URI.create(node));
        try (HttpsVault one =
            new HttpsVault(address, Optional.of(key), Instant::now, Duration.ofSeconds(60))) {
          one.exchange(new byte[] {1});
          return "node" + (nodes.indexOf(node) + 1);
        } catch (VaultUnreachable other) {
          assertThat(other.reason())
              .isIn(VaultUnreachable.Reason.BUSY, VaultUnreachable.Reason.DOWN);
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("nobody leads");
  }

  /** A command that goes on until it is interrupted, as SIGTERM does. */
  private final class Running implements AutoCloseable {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread command;

    Running(String... arguments) {
      command =
          new Thread(
              () -> exitCode.complete(Main.run(user.surroundings(output, errors), arguments)),
              "running");
      command.start();
    }

    List<String> options() throws InterruptedException {
      for (int i = 0; i < 4_500 && !printed().contains("\n") && !exitCode.isDone(); i++) {
        Thread.sleep(40);
      }
      String[] line = printed().split("\n");
      assertThat(line).as(errors.toString(StandardCharsets.UTF_8)).hasSize(1);
      List<String> words = new ArrayList<>(Arrays.asList(line[0].split(" ", 8)));
      assertThat(words).hasSize(8);
      words.set(7, "set -- '" + tokens() + "'/*; cat \"$1\" && rm \"$1\"");
      return words;
    }

    private String printed() {
      return output.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
      command.interrupt();
      assertThat(exitCode.get(60, TimeUnit.SECONDS)).isZero();
    }
  }

  private Said run(String... arguments) {
    return user.runAsTyped(arguments);
  }

  private Said restore(String home, List<String> options, String password) throws IOException {
    return said(home, options, password, "restore", user.path("target").toString());
  }

  private Said said(String home, List<String> options, String command) throws IOException {
    return said(home, options, Sandbox.PASSWORD, command);
  }

  /** Where tokens lie that no command has used yet. */
  private Path tokens() {
    return user.root.resolve("tokens");
  }

  /** The issuer's own command would be a process for each token. */
  private void issueTokens(String identity) throws IOException {
    Files.createDirectories(tokens());
    String messenger = cluster.resolve("node1/messenger").toString();
    for (int i = 0; i < TOKENS; i++) {
      Said token =
          run(
              "messenger",
              "token",
              messenger,
              "--account",
              Sandbox.ACCOUNT,
              "--vault-identity",
              identity);
      Files.writeString(tokens().resolve("token" + i), token.output());
    }
  }

  private Said said(String home, List<String> options, String password, String... command)
      throws IOException {
    issueTokens(options.get(3));
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--account", Sandbox.ACCOUNT, "--provider", user.provider.toString()));
    all.addAll(options);
    all.addAll(List.of("--password-file", user.file("typed", password)));
    return user.run(home, all.toArray(String[]::new));
  }
}
