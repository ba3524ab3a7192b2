package lockstep.adapter.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lockstep.evidence.TestsFolder;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A vault behind a command of the shell's, as processes of their own. */
@Verifies({"DOR-1", "DOR-3"})
class CommandVaultProperties {

  private static final Duration PATIENT = Duration.ofSeconds(60);

  /** Says that it was started, and how long each of its streams is at work. */
  private static String counting(Path log, String rest) {
    return "echo started >>" + log + "; " + rest;
  }

  @Property(tries = 8)
  void messagesGoThroughOneProcessWhichEndsWithTheDevice(
      @ForAll @Size(min = 1, max = 200) byte[] message,
      @ForAll @IntRange(min = 1, max = 5) int times)
      throws IOException {
    Path log = Files.createTempFile(TestsFolder.path(), "started", ".log");
    try (CommandVault vault = new CommandVault(counting(log, "cat"), PATIENT)) {
      for (int i = 0; i < times; i++) {
        assertThat(vault.exchange(message)).isEqualTo(message);
      }
    }
    assertThat(log).hasContent("started\n");
    Files.delete(log);
  }

  /** What a program that is no vault may do. */
  private enum Misbehaviour {
    ENDS("exit 0", VaultUnreachable.Reason.COMMAND_ENDED),
    IS_NOT_THERE("/nowhere/at/all 2>/dev/null", VaultUnreachable.Reason.COMMAND_ENDED),
    ENDS_WITHIN_A_FRAME("printf '\\000\\000\\000\\005abc'", VaultUnreachable.Reason.COMMAND_ENDED),
    IS_SILENT("exec sleep 600", VaultUnreachable.Reason.SILENT),
    STOPS_WITHIN_A_FRAME(
        "printf '\\000\\000\\000\\005abc'; exec sleep 600", VaultUnreachable.Reason.SILENT),
    SPEAKS_TO_PEOPLE("echo 'Welcome!'; exec sleep 600", VaultUnreachable.Reason.NO_MESSAGE),
    NEVER_ENDS("exec cat /dev/urandom", VaultUnreachable.Reason.NO_MESSAGE);

    private final String script;
    private final VaultUnreachable.Reason reason;

    Misbehaviour(String script, VaultUnreachable.Reason reason) {
      this.script = script;
      this.reason = reason;
    }
  }

  @Property(tries = 14)
  void whatIsNoVaultIsSaidToBeNoneAndNeverStartedAgain(
      @ForAll Misbehaviour kind, @ForAll @Size(max = 16_384) byte[] message) throws IOException {
    Path log = Files.createTempFile(TestsFolder.path(), "started", ".log");
    Duration patience =
        Duration.ofMillis(kind.reason == VaultUnreachable.Reason.SILENT ? 400 : 60_000);
    try (CommandVault vault = new CommandVault(counting(log, kind.script), patience)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> vault.exchange(message))
            .isInstanceOfSatisfying(
                VaultUnreachable.class, none -> assertThat(none.reason()).isEqualTo(kind.reason));
      }
    }
    assertThat(log).hasContent("started\n");
    Files.delete(log);
  }

  @Property(tries = 5)
  void aVaultWithoutAReplyToOneMessageAnswersTheNext(
      @ForAll @IntRange(min = 1, max = 3) int without) throws IOException {
    String script = "printf '\\000\\000\\000\\000'; ".repeat(without) + "exec cat";
    try (CommandVault vault = new CommandVault(script, PATIENT)) {
      for (int i = 0; i < without; i++) {
        assertThatThrownBy(() -> vault.exchange(new byte[] {1}))
            .isInstanceOfSatisfying(
                VaultUnreachable.class,
                none -> assertThat(none.reason()).isEqualTo(VaultUnreachable.Reason.NO_REPLY));
      }
      assertThat(vault.exchange(new byte[] {2})).containsExactly(1);
    }
  }

  @Property(tries = 3)
  void whatTheCommandStartedEndsWithIt(@ForAll @IntRange(min = 1, max = 3) int children)
      throws Exception {
    Path pids = Files.createTempFile(TestsFolder.path(), "pids", ".log");
    String script = ("sleep 600 & echo $! >>" + pids + "; ").repeat(children) + "sleep 600";
    try (CommandVault vault = new CommandVault(script, Duration.ofMillis(500))) {
      assertThatThrownBy(() -> vault.exchange(new byte[] {1})).isInstanceOf(VaultUnreachable.class);
    }
    assertThat(Files.readAllLines(pids))
        .hasSize(children)
        .allSatisfy(
            pid ->
                assertThat(ProcessHandle.of(Long.parseLong(pid)))
                    .satisfiesAnyOf(
                        gone -> assertThat(gone).isEmpty(),
                        ending -> ending.orElseThrow().onExit().get(10, TimeUnit.SECONDS)));
    Files.delete(pids);
  }
}
