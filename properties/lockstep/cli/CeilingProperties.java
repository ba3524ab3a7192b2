package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lockstep.opaque.Argon2Bounds;
import lockstep.opaque.Argon2Parameters;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record at the ceiling of Argon2id's memory, opened with the heap that the launcher gives. */
class CeilingProperties {

  private static final Pattern OPTIONS =
      Pattern.compile("options=\\((-Xmx\\d+m) (-XX:\\+UseSerialGC) ");

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void userOfARecordAtTheCeiling() throws Exception {
    user =
        new Sandbox(directory.toRealPath())
            .withStretching(
                new Argon2Parameters(Argon2Bounds.STANDARD.ceiling().memoryKib(), 3, 1));
    assertThat(user.enable("first").exitCode()).isZero();
    assertThat(user.backup("first").exitCode()).isZero();
  }

  @Test
  @Verifies({"OPQ-5~2", "ENR-10"})
  void theLauncherComputesTheCeiling() throws Exception {
    assertThat(
            launched("second", user.restoring("target", "password", Sandbox.PASSWORD)).runAndRead())
        .startsWith("0 ");
    assertThat(
            launched(
                    "second",
                    "change-password",
                    "--password-file",
                    user.file("password", Sandbox.PASSWORD),
                    "--new-password-file",
                    user.file("next", "another password"))
                .runAndRead())
        .startsWith("0 ");
  }

  @Test
  @Verifies({"ENR-10", "USR-3"})
  void aSmallerHeapIsToldBeforeItCostsAnAttempt() throws Exception {
    ForkedCommand small =
        new ForkedCommand(
                user.home("second"), user.restoring("target", "password", Sandbox.PASSWORD))
            .withHeap(List.of("-Xmx128m", "-XX:+UseSerialGC"));
    assertThat(small.runAndRead())
        .startsWith("40 ")
        .contains("192 MiB of memory")
        .contains("No attempt was spent.");
  }

  private ForkedCommand launched(String home, String... command) throws Exception {
    Matcher options =
        OPTIONS.matcher(
            Files.readString(Path.of(System.getProperty("lockstep.basedir"), "lockstep")));
    assertThat(options.find()).isTrue();
    return new ForkedCommand(user.home(home), command)
        .withHeap(List.of(options.group(1), options.group(2)));
  }
}
