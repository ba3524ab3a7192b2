package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a command that was stopped, of one that runs on, and of one that went well. */
class StoppedProperties {

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void enabled() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("phone").exitCode()).isZero();
  }

  /** Stops a command that waits for its password, which a pipe withholds. */
  @Test
  @Verifies("CLI-16")
  void whoPressesCtrlCIsToldHowThingsStand() throws Exception {
    Path pipe = user.root.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String told =
        new ForkedCommand(user.home("phone"), "rehearse", "--password-file", pipe.toString())
            .inScript(
                "env --default-signal=INT \"$@\" & pid=$!; exec 9>"
                    + pipe
                    + "; kill -INT $pid; wait $pid; exit $?")
            .runAndRead();
    assertThat(told)
        .startsWith("130 ")
        .contains("Stopped before it was done.", "Run the command again")
        .doesNotContain("Exception");
    assertThat(user.run("phone", "status").exitCode()).isZero();
  }

  @Test
  @Verifies("CLI-16")
  void whatHasSaidHowItEndedIsNotToldAsStopped() throws Exception {
    java.io.ByteArrayOutputStream errors = new java.io.ByteArrayOutputStream();
    Surroundings surroundings = user.surroundings(new java.io.ByteArrayOutputStream(), errors);
    Ending ended = new Ending();
    ended.isWorthSaying();
    assertThat(ended.claim()).isTrue();
    assertThat(ended.claim()).isFalse();
    run(ended.hook(surroundings));
    run(new Ending().hook(surroundings));
    assertThat(errors.size()).isZero();
    Ending stopped = new Ending();
    stopped.isWorthSaying();
    run(stopped.hook(surroundings));
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("Stopped before it was done.");
    assertThat(stopped.claim()).isFalse();
  }

  private static void run(Thread hook) throws InterruptedException {
    hook.start();
    hook.join();
  }

  @Test
  @Verifies("CLI-17")
  void quietSaysNothingWhereAllWentWell() throws Exception {
    Said backup = user.run("phone", "backup", user.source.toString(), "--quiet");
    assertThat(backup.exitCode()).isZero();
    assertThat(backup.all()).isEmpty();
    Said json = user.run("phone", "verify", "--quiet", "--json");
    assertThat(json.json().path("message").asText()).contains("Whole and unchanged");
    assertThat(json.errors()).isEmpty();
    Path pipe = user.source.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Said left = user.run("phone", "backup", user.source.toString(), "--quiet");
    assertThat(left.exitCode()).isEqualTo(3);
    assertThat(left.output()).contains("left out", "pipe");
    Said refused = user.run("phone", "backup", user.root.resolve("none").toString(), "--quiet");
    assertThat(refused.exitCode()).isEqualTo(40);
    assertThat(refused.errors()).contains("is not a folder");
  }

  @Test
  @Verifies({"CLI-17", "CLI-20"})
  void progressIsPlainWhereThatIsAskedFor() {
    String source = user.source.toString();
    Said plain = user.run("phone", "backup", source, "--progress", "plain");
    assertThat(plain.exitCode()).isZero();
    assertThat(plain.errors()).isEqualTo("Backing up: 68 KiB in 0 s\n");
    assertThat(plain.output()).contains("2 files, 68 KiB, of which");
    Said verified = user.run("phone", "--progress=PLAIN", "verify");
    assertThat(verified.errors()).startsWith("Verifying: ");
    assertThat(user.run("phone", "verify", "--progress", "none").errors()).isEmpty();
    assertThat(user.run("phone", "backup", source, "--progress", "plain", "--quiet").all())
        .isEmpty();
    Said program = user.run("phone", "verify", "--json");
    assertThat(program.json().path("outcome").asText()).isEqualTo("done");
    assertThat(program.errors()).contains("{\"progress\":\"Verifying\",\"bytes\":");
    assertThat(user.run("phone", "verify", "--json", "--progress", "none").errors())
        .doesNotContain("{");
    assertThat(user.run("phone", "verify", "--progress", "json").errors())
        .contains("\"last\":true");
    assertThat(user.run("phone", "verify", "--progress", "much").exitCode()).isEqualTo(2);
  }

  @Test
  @Verifies("CLI-18")
  void sentencesAreBrokenAtTheTerminalsWidth() {
    user.person =
        new ScriptedTerminal() {
          @Override
          public int columns() {
            return 40;
          }
        };
    assertThat(user.backup("phone").exitCode()).isZero();
    Said told = user.run("phone", "status");
    assertThat(told.output()).contains("There was no drill yet: lockstep drill\ntries");
    assertThat(user.run("phone", "list").output()).contains("album/picture.jpg\n");
  }
}
