package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code lockstep conformance} ends. The harness is a shell script that claims nothing. */
class ConformanceExitProperties {

  private static final String CLAIM =
      "read -r line; echo '{\"id\":1,\"result\":{\"implementation\":\"x\",\"version\":\"1\","
          + "\"profiles\":[\"limiter\"],\"ops\":[%s]}}'; exec sleep 60";

  @TempDir Path root;
  private Sandbox user;

  @BeforeEach
  void begin() throws IOException {
    user = new Sandbox(root);
  }

  private Said examine(String ops, String... options) {
    String script = CLAIM.formatted(ops);
    String[] all = new String[options.length + 5];
    all[0] = "conformance";
    System.arraycopy(options, 0, all, 1, options.length);
    System.arraycopy(new String[] {"--", "sh", "-c", script}, 0, all, options.length + 1, 4);
    return user.runAsTyped(all);
  }

  @Test
  @Verifies({"CNF-9~2", "CLI-4"})
  void aTesteeThatPassesNothingIsNotConformant() throws IOException {
    Path report = root.resolve("report");
    Said said =
        examine("", "--profile", "limiter", "--schedules", "0", "--report", report.toString());
    assertThat(said.exitCode()).isEqualTo(51);
    assertThat(said.errors())
        .contains("x 1. Not examined whole: limiter (0 cases; not offered: abandon, advance,");
    assertThat(Files.readString(report.resolve("report.html"))).contains("Not offered");
    assertThat(report.resolve("report.json")).isNotEmptyFile();
    assertThat(report.resolve("junit.xml")).isNotEmptyFile();
  }

  @Test
  @Verifies({"CNF-9~2", "CNF-7~2", "CNF-3"})
  void aHangIsShownWithTheCommandThatReplaysIt() {
    Said said =
        examine(
            "\"limiter.charge\",\"limiter.succeed\",\"limiter.giveBack\",\"limiter.destroy\"",
            "--case",
            "schedule-table-1-0",
            "--timeout",
            "1");
    assertThat(said.exitCode()).isEqualTo(50);
    assertThat(said.errors())
        .contains("1 failed", "\"hang\"", "1 cause:", "--case schedule-table-1-0 -- sh -c '")
        .contains("\nrequest: limiter.", "\nexpected: {", "\nreplay: lockstep conformance")
        .doesNotContain("\uFFFD");
  }

  @Test
  @Verifies({"CNF-9~2", "CLI-4"})
  void wrongUsageEndsWithTwo() throws IOException {
    assertThat(user.runAsTyped("conformance").exitCode()).isEqualTo(2);
    assertThat(examine("", "--profile", "everything").exitCode()).isEqualTo(2);
    assertThat(examine("", "--schedules", "-1").exitCode()).isEqualTo(2);
    assertThat(examine("", "--known", root.resolve("missing").toString()).exitCode()).isEqualTo(2);
    Path known = Files.writeString(root.resolve("known"), "payload-0001 explodes\n");
    assertThat(examine("", "--known", known.toString()).exitCode()).isEqualTo(2);
  }

  @Test
  @Verifies({"CNF-9~2", "CLI-5"})
  void anOptionOfTheHarnessIsNotOurs() {
    Said said = user.runAsTyped("conformance", "--schedules", "0", "--", "false", "--json");
    assertThat(said.exitCode()).isEqualTo(50);
    assertThat(said.output()).doesNotStartWith("{");
  }
}
