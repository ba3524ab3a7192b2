package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device, a vault and an issuer that know each other by commands only, each its own process. */
class DoorsProperties {

  @TempDir Path directory;
  private Sandbox user;
  private ServedVault served;

  @BeforeEach
  void aVaultElsewhere() throws Exception {
    user = new Sandbox(directory.toRealPath());
    user.advance(
        Duration.between(user.now(), Instant.now())); // other processes have no other clock
    served = new ServedVault(user, user.vault);
  }

  @Test
  @Verifies({"DOR-3", "DOR-4~2", "DOR-6"})
  void aBackupComesBackThroughAVaultThatIsKnownByItsCommandOnly() throws Exception {
    assertThat(said("first", served.options(), "enable").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
    Said status = user.run("first", "status", "--contact", "--json");
    assertThat(status.json().get("vault").get("attemptsRemaining").asInt()).isEqualTo(5);
    Said wrong = restore("second", served.options(), "wrong password");
    assertThat(wrong.exitCode()).isEqualTo(10);
    assertThat(wrong.errors()).contains("4 attempts are left");
    assertThat(restore("second", served.options(), Sandbox.PASSWORD).exitCode()).isZero();
    assertThat(user.path("target/hello.txt")).hasContent("Hello, world.\n");
    assertThat(user.run("second", "disable", "--yes").exitCode()).isZero();
  }

  @Test
  @Verifies({"DOR-3", "ENR-1"})
  void aVaultThatIsNoneOrAnotherIsToldByItsSentence() throws Exception {
    ServedVault other = new ServedVault(user, user.path("other"));
    List<String> swapped = new ArrayList<>(served.options());
    swapped.set(1, other.serving());
    assertThat(told("enable", swapped)).contains("31 ").contains("not the one");
    assertThat(told("enable", with(served.options(), 1, "exit 3")))
        .contains("31 ")
        .contains("The vault's command ended before it had answered");
    assertThat(told("enable", with(served.options(), 1, "echo Welcome; exec cat")))
        .contains("31 ")
        .contains("no message of a vault");
    assertThat(told("enable", with(served.options(), 1, "printf '\\000\\000\\000\\000'; exec cat")))
        .contains("31 ")
        .contains("could not answer");
  }

  @Test
  @Verifies({"DOR-4~2", "DOR-5"})
  void aTokenThatIsNotOnesOwnIsToldByItsSentence() throws Exception {
    ServedVault other = new ServedVault(user, user.path("other"));
    String forOther = token(other, Sandbox.ACCOUNT);
    assertThat(told("enable", withTokenFile(user.file("token", forOther))))
        .contains("31 ")
        .contains("The token is for another vault.");
    assertThat(told("enable", withTokenFile(user.file("token", token(served, "mallory")))))
        .contains("31 ")
        .contains("The token is for another account.");
    assertThat(told("enable", withTokenFile(user.file("token", "none"))))
        .contains("31 ")
        .contains("What was to be the account's token is none.");
    assertThat(told("enable", withTokenFile(user.path("nowhere").toString())))
        .contains("31 ")
        .contains("cannot be read");
    assertThat(told("enable", with(served.options(), 5, "exit 1")))
        .contains("31 ")
        .contains("The command that was to give the account's token failed.");
    String own = token(served, Sandbox.ACCOUNT);
    assertThat(told("enable", withTokenFile(user.file("token", own)))).startsWith("0 ");
  }

  @Test
  @Verifies("DOR-6")
  void whatIsMissingOrStandsTwiceIsNamed() throws Exception {
    List<String> all = served.options();
    assertThat(told("enable", all.subList(0, 4))).startsWith("2 ").contains("--token-command");
    List<String> anonymous = new ArrayList<>(all.subList(0, 2));
    anonymous.addAll(all.subList(4, 6));
    assertThat(told("enable", anonymous)).startsWith("2 ").contains("--vault-identity");
    assertThat(told("enable", more(all, "--vault", user.vault.toString())))
        .startsWith("2 ")
        .contains("--vault and --vault-command");
    assertThat(told("enable", more(all, "--token-file", "t")))
        .startsWith("2 ")
        .contains("only one");
    assertThat(told("enable", with(all, 5, "echo " + "x".repeat(33_000)))).startsWith("2 ");
    assertThat(told("enable", with(all, 3, "0".repeat(63)))).startsWith("2 ").contains("identity");
    assertThat(told("enable", List.of())).startsWith("2 ").contains("--vault");
    assertThat(told("enable", with(all, 3, served.identity().toUpperCase(java.util.Locale.ROOT))))
        .startsWith("0 ");
  }

  @Test
  @Verifies({"DOR-2", "WIR-3"})
  void theVaultOnItsStreamsAnswersMalformedAndEndsAtAFrameThatIsNone() {
    user.input = new byte[] {0, 0, 0, 1, 7};
    ByteBuffer reply = ByteBuffer.wrap(raw("vault", "serve", user.vault.toString(), "--stdio"));
    assertThat(reply.getInt()).isEqualTo(reply.remaining());
    assertThat(reply.get()).isEqualTo((byte) 2);
    assertThat(reply.get()).isEqualTo((byte) 0xE6);
    user.input = new byte[] {0, 0, 0x40, 1};
    Said tooLong = user.run("operator", "vault", "serve", user.vault.toString(), "--stdio");
    assertThat(tooLong.exitCode()).isEqualTo(40);
    assertThat(tooLong.output()).isEmpty();
    user.input = new byte[] {0, 0, 0};
    Said cut = user.run("operator", "vault", "serve", user.vault.toString(), "--stdio");
    assertThat(cut.exitCode()).isEqualTo(1);
    assertThat(cut.output()).isEmpty();
    Said nowhere = user.run("operator", "vault", "serve", user.path("no").toString(), "--stdio");
    assertThat(nowhere.exitCode()).isEqualTo(31);
    assertThat(user.run("operator", "vault", "serve", user.vault.toString()).exitCode())
        .isEqualTo(2);
  }

  @Test
  @Verifies("DOR-7")
  void anIssuerIsMadeOnceAndTakesAccountAndVaultFromItsSurroundings() {
    String issuer = user.path("issuer").toString();
    Said made = user.run("operator", "messenger", "init", issuer, "--json");
    assertThat(made.json().get("publicKey").asText()).matches("[0-9a-f]{64}");
    assertThat(user.run("operator", "messenger", "init", issuer).exitCode()).isEqualTo(40);
    assertThat(user.run("operator", "messenger", "token", issuer).exitCode()).isEqualTo(2);
    user.environment = Map.of("LOCKSTEP_ACCOUNT", "amara", "LOCKSTEP_VAULT", "ab".repeat(32));
    AccountToken token = decoded(user.run("operator", "messenger", "token", issuer));
    assertThat(token.body().account()).isEqualTo(new AccountName("amara"));
    assertThat(token.body().vaultId().value().toArray()).containsOnly(0xab);
    assertThat(token.isSignedBy(hex(made.json().get("publicKey").asText()))).isTrue();
    String nowhere = user.path("nowhere").toString();
    assertThat(user.run("operator", "messenger", "token", nowhere).exitCode()).isEqualTo(40);
  }

  @Test
  @Verifies("DOR-7")
  void theOptionsCountMoreThanTheSurroundings() throws Exception {
    user.environment = Map.of("LOCKSTEP_ACCOUNT", "amara", "LOCKSTEP_VAULT", "ab".repeat(32));
    AccountToken token = decoded(issued(served, "ben"));
    assertThat(token.body().account()).isEqualTo(new AccountName("ben"));
    assertThat(token.body().vaultId()).isEqualTo(VaultId.of(hex(served.identity())));
  }

  private String token(ServedVault vault, String account) throws Exception {
    return issued(vault, account).output().strip();
  }

  private Said issued(ServedVault vault, String account) throws Exception {
    return user.run(
        "operator",
        "messenger",
        "token",
        user.vault.resolve("messenger").toString(),
        "--account",
        account,
        "--vault-identity",
        vault.identity());
  }

  private static AccountToken decoded(Said said) {
    assertThat(said.exitCode()).isZero();
    return AccountToken.decode(HexFormat.of().parseHex(said.output().strip())).orElseThrow();
  }

  private static Bytes hex(String digits) {
    return Bytes.copyOf(HexFormat.of().parseHex(digits));
  }

  private byte[] raw(String... arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int exitCode = Main.run(user.surroundings(output, new ByteArrayOutputStream()), arguments);
    assertThat(exitCode).isZero();
    return output.toByteArray();
  }

  private List<String> withTokenFile(String file) {
    List<String> options = new ArrayList<>(served.options().subList(0, 4));
    options.addAll(List.of("--token-file", file));
    return options;
  }

  private static List<String> with(List<String> options, int place, String value) {
    List<String> changed = new ArrayList<>(options);
    changed.set(place, value);
    return changed;
  }

  private static List<String> more(List<String> options, String... values) {
    List<String> changed = new ArrayList<>(options);
    changed.addAll(List.of(values));
    return changed;
  }

  /** What a new device is told, after its exit code. */
  private String told(String command, List<String> options) throws Exception {
    String home = Files.createTempDirectory(user.root, "home").getFileName().toString();
    Said said = said(home, options, command);
    return said.exitCode() + " " + said.all();
  }

  private Said said(String home, List<String> options, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--account", Sandbox.ACCOUNT, "--provider", user.provider.toString()));
    all.addAll(options);
    all.addAll(List.of("--password-file", user.file("password", Sandbox.PASSWORD)));
    return user.run(home, all.toArray(String[]::new));
  }

  private Said restore(String home, List<String> options, String password) {
    List<String> all = new ArrayList<>(List.of("restore", user.path("target").toString()));
    all.addAll(List.of("--account", Sandbox.ACCOUNT, "--provider", user.provider.toString()));
    all.addAll(options);
    all.addAll(List.of("--password-file", user.file("typed", password)));
    return user.run(home, all.toArray(String[]::new));
  }
}
