package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lockstep.adapter.durable.DurableStep;
import lockstep.device.state.Stretching;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be written is no success, and a key that nobody saw is not in force. */
final class OutputProperties {

  private static final String KEY = "\"recoveryKey\":\"";

  @TempDir Path directory;
  private Sandbox user;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void newUser() throws IOException {
    user = new Sandbox(directory.toRealPath());
  }

  @Test
  @Verifies("CLI-12")
  void noSuccessIsReportedToAFullDisk() {
    assertThat(user.withRealStretching().enable("first").exitCode()).isZero();
    user.backup("first");
    for (String[] command :
        new String[][] {
          {"status"},
          {"status", "--json"},
          {"verify"},
          {"verify", "--json"},
          {"backup", user.source.toString()},
          {"backup", user.source.toString(), "--json"},
          {"--help"},
          {"status", "--help"},
          {"--version"},
          {"--version", "--json"},
          {"rehearse", "--password-file", user.file("p", Sandbox.PASSWORD), "--json"}
        }) {
      assertThat(run(new LimitedDisk(0), "first", command)).as(String.join(" ", command)).isOne();
      assertThat(errors.toString(StandardCharsets.UTF_8)).contains("could not be written");
    }
  }

  @Test
  @Verifies({"CLI-12", "CLI-4"})
  void anOutcomeThatIsNoSuccessKeepsItsCode() {
    assertThat(user.enable("first").exitCode()).isZero();
    String[] wrong = {"rehearse", "--password-file", user.file("w", "wrong one"), "--json"};
    assertThat(run(new LimitedDisk(0), "first", wrong)).isEqualTo(10);
    assertThat(run(new LimitedDisk(0), "first", "nonsense", "--json")).isEqualTo(2);
  }

  @Test
  @Verifies({"CLI-12", "ENR-4"})
  void aKeyIsInForceOnlyWhereAllOfItWasWritten() {
    for (boolean json : new boolean[] {false, true}) {
      for (int room = 0; room < 400; room += 13) {
        String home = "home-" + json + room;
        LimitedDisk disk = new LimitedDisk(room);
        String[] enabling = enabling(json);
        int exitCode = run(disk, home, enabling);
        String written = disk.taken.toString(StandardCharsets.UTF_8);
        boolean inForce = user.run(home, "status", "--json").json().get("enabled").asBoolean();
        boolean out = written.matches("(?s).*([0-9a-f]{4}( |\n|\\\\n)){15}[0-9a-f]{4}(\"|\n).*");
        assertThat(inForce).as(written).isEqualTo(out);
        assertThat(exitCode).as(written).isEqualTo(exitCode == 0 ? 0 : 1);
        assertThat(exitCode == 0).isEqualTo(!disk.refused);
      }
    }
  }

  @Test
  @Verifies({"CLI-12", "CLI-5"})
  void theKeyStandsFirstInTheOneObject() {
    Sandbox.Said said = user.run("first", enabling(true));
    assertThat(said.exitCode()).isZero();
    assertThat(said.output()).startsWith("{" + KEY).endsWith("}\n");
    assertThat(said.output().lines()).hasSize(1);
    assertThat(said.json().get("recoveryKey").asText())
        .matches("([0-9a-f]{4}[ \n]){15}[0-9a-f]{4}");
    assertThat(said.json().get("outcome").asText()).isEqualTo("done");
  }

  @Test
  @Verifies({"CLI-12", "ROT-1~3"})
  void aRotationWhoseKeyWasLostLeavesTheOldKeyInForce() {
    String key = user.run("first", enabling(true)).json().get("recoveryKey").asText();
    user.backup("first");
    assertThat(run(new LimitedDisk(20), "first", "rotate-key", "--yes", "--json")).isOne();
    assertThat(run(new LimitedDisk(20), "first", "rotate-key", "--yes")).isOne();
    Sandbox.Said restored =
        user.run(
            "second",
            "restore",
            user.path("target").toString(),
            "--account",
            Sandbox.ACCOUNT,
            "--provider",
            user.provider.toString(),
            "--recovery-key-file",
            user.file("key", key));
    assertThat(restored.exitCode()).as(restored.all()).isZero();
    assertThat(user.path("target/hello.txt")).hasContent("Hello, world.\n");
    assertThat(user.backup("first").exitCode()).isZero();
  }

  @Test
  @ByConstruction("runs the product in processes of its own, which the recorder does not see")
  @Verifies("CLI-12")
  void aProcessWithoutRoomOrReaderDoesNotEndWithZero() throws Exception {
    for (String lost : new String[] {">/dev/full", "| true"}) {
      ForkedCommand command = new ForkedCommand(user.home("first"), enabling(true)).inShell(lost);
      String said = command.runAndRead();
      assertThat(said).as(lost).startsWith(lost.startsWith("|") ? "" : "1 ");
    }
    assertThat(user.run("first", "status", "--json").json().get("enabled").asBoolean()).isFalse();
  }

  private String[] enabling(boolean json) {
    String[] words = {
      "enable",
      "--account",
      Sandbox.ACCOUNT,
      "--provider",
      user.provider.toString(),
      "--recovery-key",
      "--yes",
      json ? "--json" : "--json=false"
    };
    return words;
  }

  @Test
  @Verifies({"CLI-6", "CLI-5", "CLI-4"})
  void whatNobodyExpectedIsNamedAndNotQuoted() {
    for (Throwable thrown :
        List.of(
            new IllegalArgumentException("hunter2-secret"), new AssertionError("hunter2-secret"))) {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      errors.reset();
      int code =
          Main.run(
              new Surroundings(
                  new ByteArrayInputStream(new byte[0]),
                  new PrintStream(output, true, StandardCharsets.UTF_8),
                  new PrintStream(errors, true, StandardCharsets.UTF_8),
                  null,
                  environmentThrowing(thrown),
                  user::now,
                  () -> Stretching.STANDARD,
                  DurableStep.NONE),
              "status",
              "--json");
      assertThat(code).isEqualTo(1);
      String said = errors.toString(StandardCharsets.UTF_8);
      assertThat(said)
          .contains(thrown.getClass().getSimpleName())
          .doesNotContain("hunter2", "\tat ");
      assertThat(output.toString(StandardCharsets.UTF_8))
          .contains("\"exitCode\":1")
          .doesNotContain("hunter2")
          .hasLineCount(1);
    }
  }

  private static Map<String, String> environmentThrowing(Throwable thrown) {
    return new AbstractMap<>() {
      @Override
      public Set<Entry<String, String>> entrySet() {
        if (thrown instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) thrown;
      }
    };
  }

  private int run(OutputStream output, String home, String... arguments) {
    errors.reset();
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--home";
    all[arguments.length + 1] = user.home(home).toString();
    Surroundings surroundings =
        new Surroundings(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(output, true, StandardCharsets.UTF_8),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            null,
            Map.of(),
            user::now,
            () -> Stretching.STANDARD,
            DurableStep.NONE);
    boolean own = arguments[0].equals("--help") || arguments[0].equals("--version");
    return Main.run(surroundings, own ? arguments : all);
  }

  /** Takes that many bytes; what is more fails, as at a full disk. */
  private static final class LimitedDisk extends OutputStream {
    private final int room;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private boolean refused;

    LimitedDisk(int room) {
      this.room = room;
    }

    @Override
    public void write(int one) throws IOException {
      if (taken.size() >= room) {
        refused = true;
        throw new IOException("No space left on device");
      }
      taken.write(one);
    }
  }
}
