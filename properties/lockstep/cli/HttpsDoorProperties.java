package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device and a vault that is served over HTTPS by its own command, on this machine. */
class HttpsDoorProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void aVaultElsewhere() throws Exception {
    user = new Sandbox(directory.toRealPath());
    user.advance(Duration.between(user.now(), Instant.now())); // certificates are made by it
    assertThat(user.run("operator", "vault", "init", user.vault.toString()).exitCode()).isZero();
  }

  @Test
  @Verifies({"NET-4", "DOR-9", "NET-5", "NET-6~2", "OPS-1", "OPS-2", "OPS-3"})
  void aBackupComesBackByTheLineThatTheVaultPrinted() throws Exception {
    List<String> options;
    try (Serving served = new Serving("0.0.0.0:0", "--operators", "127.0.0.1:0")) {
      options = served.options();
      assertThat(options.get(1)).doesNotContain("0.0.0.0");
      assertThat(said("first", options, "enable").exitCode()).isZero();
      assertThat(user.backup("first").exitCode()).isZero();
      Said wrong = restore("second", options, "wrong password");
      assertThat(wrong.exitCode()).isEqualTo(10);
      assertThat(wrong.errors()).contains("4 attempts are left");
      assertThat(restore("second", options, Sandbox.PASSWORD).exitCode()).isZero();
      assertThat(user.path("target/hello.txt")).hasContent("Hello, world.\n");
      assertThat(told(with(options, 3, "ab".repeat(32)))).startsWith("31 ").contains("not the one");
      assertThat(told(with(options, 5, "ab".repeat(32))))
          .startsWith("31 ")
          .contains("has another certificate");
      assertThat(served.operators("/ready")).isEqualTo("serves\n");
      assertThat(served.operators("/metrics"))
          .contains("lockstep_replies_total{kind=\"released\"} 2\n")
          .contains("lockstep_replies_total{kind=\"evaluated\"} 3\n")
          .doesNotContain(Sandbox.ACCOUNT);
      user.advance(Duration.ofDays(4_000));
      assertThat(told(options)).startsWith("31 ").contains("out of date");
    }
    Said down = user.run("first", "status", "--contact");
    assertThat(down.all()).contains("Nobody answers at the vault's address");
  }

  @Test
  @Verifies({"CNF-12", "CNF-13"})
  void theKitExaminesTheVaultAtItsAddress() throws Exception {
    try (Serving served = new Serving("127.0.0.1:0")) {
      List<String> words = new ArrayList<>(List.of("conformance"));
      words.addAll(served.options().subList(0, 6));
      words.addAll(List.of("--messenger", user.vault.resolve("messenger").toString(), "--case"));
      Said said = examine(words, "messages-a-report-says-what-is");
      assertThat(said.all()).contains("1 passed, 0 failed");
      assertThat(said.exitCode()).isZero();
      assertThat(examine(words, "messages-a-crash-keeps-record-and-mark").exitCode()).isEqualTo(51);
    }
  }

  private Said examine(List<String> words, String id) {
    return user.runAsTyped(Stream.concat(words.stream(), Stream.of(id)).toArray(String[]::new));
  }

  @Test
  @Verifies({"DOR-9", "NET-5", "NET-6~2", "DOR-6"})
  void whatIsNoAddressOrCertificateIsToldByItsSentence() throws Exception {
    List<String> good =
        List.of(
            "--vault",
            "https://127.0.0.1:1",
            "--vault-identity",
            "ab".repeat(32),
            "--vault-tls-key",
            "ab".repeat(32),
            "--token-file",
            "t");
    for (String address :
        List.of("http://h:1", "https://h:1/x", "https://u@h", "https://h:99999", "https://")) {
      assertThat(told(with(good, 1, address))).startsWith("2 ").contains("no address of a vault");
    }
    assertThat(told(with(good, 5, "ab"))).startsWith("2 ").contains("--vault-tls-key");
    assertThat(told(with(good, 1, "folder"))).startsWith("2 ").contains("--vault-tls-key");
    assertThat(told(good.subList(0, 6))).startsWith("2 ").contains("--token-command");
    for (String listen : List.of("8443", "host", "h:1/x", "h:99999", "u@h:1", ":1")) {
      assertThat(serve("--listen", listen).exitCode()).as(listen).isEqualTo(2);
    }
    assertThat(serve("--stdio", "--operators", "127.0.0.1:0").exitCode()).isEqualTo(2);
    assertThat(serve("--listen", "127.0.0.1:0", "--operators", "x").exitCode()).isEqualTo(2);
    assertThat(serve("--listen", "127.0.0.1:0", "--stdio").exitCode()).isEqualTo(2);
    assertThat(serve("--listen", "127.0.0.1:0", "--tls-key", "k").exitCode()).isEqualTo(2);
    Said none = serve("--listen", "127.0.0.1:0", "--tls-key", "k", "--tls-certificate", "no");
    assertThat(none.exitCode()).isEqualTo(40);
    try (Serving served = new Serving("127.0.0.1:0")) {
      String taken = served.options().get(1).substring("https://".length());
      Said second = serve("--listen", taken);
      assertThat(second.exitCode()).isEqualTo(40);
      assertThat(second.errors()).contains("cannot be listened on");
      Said third = serve("--listen", "127.0.0.1:0", "--operators", taken);
      assertThat(third.errors()).contains("The address for operators");
    }
  }

  private Said serve(String... options) {
    List<String> all = new ArrayList<>(List.of("vault", "serve", user.vault.toString()));
    all.addAll(List.of(options));
    return user.run("operator", all.toArray(String[]::new));
  }

  /** The vault's command at work; what SIGTERM's hook does ends it. */
  private final class Serving implements AutoCloseable {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread command;

    Serving(String address, String... more) {
      List<String> all = new ArrayList<>(List.of("vault", "serve", user.vault.toString()));
      all.addAll(List.of("--listen", address));
      all.addAll(List.of(more));
      command =
          new Thread(
              () ->
                  exitCode.complete(
                      Main.run(user.surroundings(output, errors), all.toArray(String[]::new))),
              "vault serve");
      command.start();
    }

    /** The options of its one line; the issuer's command is run as this build's own. */
    List<String> options() throws InterruptedException {
      for (int i = 0; i < 500 && !printed().contains("\n"); i++) {
        Thread.sleep(20);
      }
      assertThat(printed()).as("all that the command printed").matches("--vault [^\n]+\n");
      List<String> words = new ArrayList<>(Arrays.asList(printed().strip().split(" ", 8)));
      assertThat(words).hasSize(8);
      String issuer = "'lockstep messenger token " + user.vault.resolve("messenger") + "'";
      assertThat(words.remove(7)).isEqualTo(issuer);
      words.add(
          ServedVault.command("messenger", "token", user.vault.resolve("messenger").toString()));
      return words;
    }

    /** What operators read there. */
    String operators(String page) throws Exception {
      Matcher port =
          Pattern.compile("at port (\\d+)").matcher(errors.toString(StandardCharsets.UTF_8));
      assertThat(port.find()).isTrue();
      URI address = URI.create("http://127.0.0.1:" + port.group(1) + page);
      try (InputStream answer = address.toURL().openStream()) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    private String printed() {
      return output.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
      command.interrupt();
      assertThat(exitCode.get(20, TimeUnit.SECONDS)).isZero();
    }
  }

  private static List<String> with(List<String> options, int place, String value) {
    List<String> changed = new ArrayList<>(options);
    changed.set(place, value);
    return changed;
  }

  /** What a new device is told at its enabling, after its exit code. */
  private String told(List<String> options) throws Exception {
    String home = Files.createTempDirectory(user.root, "home").getFileName().toString();
    Said said = said(home, options, "enable");
    return said.exitCode() + " " + said.all();
  }

  private Said said(String home, List<String> options, String... command) {
    return run(home, options, Sandbox.PASSWORD, command);
  }

  private Said restore(String home, List<String> options, String password) {
    return run(home, options, password, "restore", user.path("target").toString());
  }

  private Said run(String home, List<String> options, String password, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--account", Sandbox.ACCOUNT, "--provider", user.provider.toString()));
    all.addAll(options);
    all.addAll(List.of("--password-file", user.file("typed", password)));
    return user.run(home, all.toArray(String[]::new));
  }
}
