package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lockstep.cli.Sandbox.Said;
import lockstep.evidence.Needs;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup's life at a provider that rclone reaches. */
@Needs("rclone")
class RcloneProviderProperties {

  @TempDir Path directory;
  private Sandbox user;
  private String remote;

  @BeforeEach
  void aRemote() throws Exception {
    user = new Sandbox(directory.toRealPath());
    user.environment = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "RCLONE_CONFIG", "/dev/null");
    remote = "rclone::local,case_sensitive=true:" + user.provider.resolve("cloud");
  }

  private String[] atRemote(String... arguments) {
    return Arrays.stream(arguments)
        .map(argument -> argument.equals(user.provider.toString()) ? remote : argument)
        .toArray(String[]::new);
  }

  @Test
  @Verifies({"PRV-14~2", "PRV-11"})
  void isEnabledBackedUpVerifiedGivenANewKeyRestoredOnANewDeviceAndDisabled() throws Exception {
    assertThat(user.run("phone", atRemote(user.enabling())).exitCode()).isZero();
    assertThat(user.backup("phone").exitCode()).isZero();
    Files.writeString(user.source.resolve("more.txt"), "more");
    assertThat(user.backup("phone").exitCode()).isZero();
    assertThat(user.run("phone", "verify").exitCode()).isZero();
    assertThat(
            user.run("phone", "rotate-key", "--password-file", user.file("p", Sandbox.PASSWORD))
                .exitCode())
        .isZero();
    Said restored =
        user.run("tablet", atRemote(user.restoring("Restored", "typed", Sandbox.PASSWORD)));
    assertThat(restored.exitCode()).isZero();
    assertThat(user.path("Restored/album/picture.jpg")).hasSize(70_000);
    assertThat(user.path("Restored/more.txt")).hasContent("more");
    Said status = user.run("tablet", "status");
    assertThat(status.output()).contains("rclone::local,...").doesNotContain("case_sensitive");
    assertThat(user.run("tablet", "disable", "--yes", "--delete-backup").exitCode()).isZero();
    try (var left = Files.walk(user.provider)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
    assertThat(
            ProcessHandle.current()
                .descendants()
                .filter(one -> one.info().command().orElse("").endsWith("rclone")))
        .isEmpty();
  }

  @Test
  @Verifies({"PRV-14~2", "CLI-4"})
  void aRemoteWithoutAColonIsAUsageErrorAndAFolderOfThatNameIsAFolder() {
    List<String> arguments = new ArrayList<>(List.of(user.enabling()));
    arguments.set(arguments.indexOf(user.provider.toString()), "rclone:drive");
    Said refused = user.run("phone", arguments.toArray(String[]::new));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.errors()).contains("--provider").doesNotContain("rclone:drive");
    assertThat(new ProviderPlace.Converter().convert("./rclone:drive").folder()).isPresent();
    assertThat(new ProviderPlace.Converter().convert("rclone:drive:").remote()).hasValue("drive:");
  }

  @Test
  @Verifies({"PRV-4~2", "PRV-11"})
  void aMissingRcloneIsSaidWithWhereToGetIt() {
    user.environment = Map.of();
    Said said = user.run("phone", atRemote(user.enabling()));
    assertThat(said.exitCode()).isEqualTo(30);
    assertThat(said.errors()).contains("rclone is not installed");
  }
}
