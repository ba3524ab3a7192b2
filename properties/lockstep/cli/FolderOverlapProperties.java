package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source is apart from Lockstep's own folders, however it is spelt. */
class FolderOverlapProperties {

  @TempDir Path directory;

  @Test
  @Verifies("BAK-11")
  void aFolderThatHoldsOrLiesInAnOwnOneIsRefused() throws Exception {
    Path own = Files.createDirectories(directory.resolve("own/provider"));
    Files.createDirectories(own.resolve("deep"));
    Files.createDirectory(directory.resolve("own/provider2"));
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("own"));
    assertThat(isRefused(own, own)).isTrue();
    assertThat(isRefused(directory.resolve("own"), own)).isTrue();
    assertThat(isRefused(own.resolve("deep"), own)).isTrue();
    assertThat(isRefused(directory.resolve("link"), own)).isTrue();
    assertThat(isRefused(directory.resolve("link/provider/deep"), own)).isTrue();
    assertThat(isRefused(own.resolve("deep/.."), own)).isTrue();
    assertThat(isRefused(own.resolve("not/yet"), own)).isTrue();
    assertThat(isRefused(directory.resolve("own/provider2"), own)).isFalse();
    assertThat(isRefused(directory.resolve("elsewhere"), own)).isFalse();
  }

  private static boolean isRefused(Path folder, Path own) {
    return FolderOverlap.refusal("source", folder, Map.of("the provider's folder", own))
        .filter(answer -> answer.outcome() == Outcome.REFUSED)
        .isPresent();
  }
}
