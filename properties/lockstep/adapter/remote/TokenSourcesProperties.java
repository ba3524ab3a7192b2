package lockstep.adapter.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import lockstep.evidence.TestsFolder;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Tokens that a command prints or a file holds. */
class TokenSourcesProperties {

  private static final Duration PATIENT = Duration.ofSeconds(60);
  private static final AccountName AMARA = new AccountName("amara");

  /** Which token is given, and how it stands there. */
  private enum Given {
    AS_ASKED(null),
    OTHER_ACCOUNT(NoToken.Reason.OTHER_ACCOUNT),
    OTHER_VAULT(NoToken.Reason.OTHER_VAULT),
    OTHER_BOTH(NoToken.Reason.OTHER_VAULT),
    CUT(NoToken.Reason.NOT_A_TOKEN),
    LONGER(NoToken.Reason.NOT_A_TOKEN),
    EMPTY(NoToken.Reason.NOT_A_TOKEN),
    WITH_A_WORD(NoToken.Reason.NOT_A_TOKEN),
    ENDLESS(NoToken.Reason.NOT_A_TOKEN);

    private final NoToken.Reason reason;

    Given(NoToken.Reason reason) {
      this.reason = reason;
    }

    private String text(VaultId vault, VaultId other) {
      AccountName account =
          this == OTHER_ACCOUNT || this == OTHER_BOTH ? new AccountName("mallory") : AMARA;
      String digits = digits(account, this == OTHER_VAULT || this == OTHER_BOTH ? other : vault);
      return switch (this) {
        case CUT -> digits.substring(2);
        case LONGER -> digits + "00";
        case EMPTY -> "";
        case WITH_A_WORD -> "token: " + digits;
        case ENDLESS -> digits + " ".repeat(3_000);
        default -> digits + "\n";
      };
    }
  }

  @Property(tries = 200)
  @Verifies("DOR-4~2")
  void aFilesTokenIsTakenOnlyForItsAccountAndItsVault(
      @ForAll Given given, @ForAll long vault, @ForAll boolean upperCase) throws IOException {
    Path file = Files.createTempFile(TestsFolder.path(), "token", ".hex");
    String text = given.text(id(vault), id(~vault));
    Files.writeString(file, upperCase ? text.toUpperCase(java.util.Locale.ROOT) : text);
    FileTokens tokens = new FileTokens(file);
    if (given.reason == null) {
      assertThat(tokens.tokenFor(AMARA, id(vault)).body().vaultId()).isEqualTo(id(vault));
    } else {
      refused(() -> tokens.tokenFor(AMARA, id(vault)), given.reason);
    }
    Files.delete(file);
    refused(() -> tokens.tokenFor(AMARA, id(vault)), NoToken.Reason.NO_FILE);
  }

  /** To open a pipe that nobody writes to takes for ever, and a device never ends. */
  @Property(tries = 3)
  @Verifies("DOR-4~2")
  void whatIsNoFileIsNotWaitedFor(@ForAll long vault) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(TestsFolder.path(), "token");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
    for (Path noFile : List.of(pipe, link, folder, Path.of("/dev/zero"))) {
      assertTimeoutPreemptively(
          PATIENT,
          () ->
              refused(
                  () -> new FileTokens(noFile).tokenFor(AMARA, id(vault)), NoToken.Reason.NO_FILE));
    }
    Files.delete(link);
    Files.delete(pipe);
    Files.delete(folder);
  }

  @Property(tries = 18)
  @Verifies({"DOR-4~2", "DOR-5"})
  void aCommandsTokenIsTakenOnlyForItsAccountAndItsVault(@ForAll Given given, @ForAll long vault)
      throws IOException {
    Path file = Files.createTempFile(TestsFolder.path(), "token", ".hex");
    Files.writeString(file, given.text(id(vault), id(~vault)));
    CommandTokens tokens = new CommandTokens("cat 2>/dev/null " + file, PATIENT);
    if (given.reason == null) {
      assertThat(tokens.tokenFor(AMARA, id(vault)).body().account()).isEqualTo(AMARA);
    } else {
      refused(() -> tokens.tokenFor(AMARA, id(vault)), given.reason);
    }
    Files.delete(file);
    refused(() -> tokens.tokenFor(AMARA, id(vault)), NoToken.Reason.COMMAND_FAILED);
  }

  @Property(tries = 5)
  @Verifies("DOR-5")
  void theCommandIsToldForWhomAndReadsNothing(@ForAll long vault) throws IOException {
    Path told = Files.createTempFile(TestsFolder.path(), "told", ".log");
    String script = "{ cat; echo \"$LOCKSTEP_ACCOUNT $LOCKSTEP_VAULT\"; } >" + told + "; exit 0";
    CommandTokens tokens = new CommandTokens(script, PATIENT);
    refused(() -> tokens.tokenFor(AMARA, id(vault)), NoToken.Reason.NOT_A_TOKEN);
    assertThat(told)
        .hasContent("amara " + HexFormat.of().formatHex(id(vault).value().toArray()) + "\n");
    Files.delete(told);
  }

  @Property(tries = 4)
  @Verifies("DOR-5")
  void aTokenOfACommandThatFailsOrHangsIsNotTaken(
      @ForAll long vault,
      @ForAll @IntRange(min = 1, max = 255) int exitCode,
      @ForAll boolean hangs) {
    String printing = "echo " + digits(AMARA, id(vault)) + "; ";
    CommandTokens tokens =
        hangs
            ? new CommandTokens(printing + "exec sleep 600", Duration.ofMillis(400))
            : new CommandTokens(printing + "exit " + exitCode, PATIENT);
    refused(
        () -> tokens.tokenFor(AMARA, id(vault)),
        hangs ? NoToken.Reason.SILENT : NoToken.Reason.COMMAND_FAILED);
  }

  private interface Asking {
    AccountToken ask() throws NoToken;
  }

  private static void refused(Asking asking, NoToken.Reason reason) {
    assertThatThrownBy(asking::ask)
        .isInstanceOfSatisfying(NoToken.class, none -> assertThat(none.reason()).isEqualTo(reason));
  }

  private static String digits(AccountName account, VaultId vault) {
    AccountToken.Body body = new AccountToken.Body(account, vault, 1, 2, Bytes.zero(16));
    return HexFormat.of().formatHex(new AccountToken(body, Bytes.zero(64)).encode());
  }

  private static VaultId id(long number) {
    byte[] value = new byte[32];
    java.nio.ByteBuffer.wrap(value).putLong(number);
    return new VaultId(Bytes.copyOf(value));
  }
}
