package lockstep.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests make in the temporary folder goes with their JVM. */
final class TestsFolderTest {

  @Test
  void whatATestMakesThereLiesInTheFolderThatGoesWithTheJvm(@TempDir Path given) {
    assertThat(TestsFolder.path()).isNotEqualTo(Path.of("/tmp"));
    assertThat(given).hasParent(TestsFolder.path());
  }

  @Test
  void aFolderGoesWithAllThatIsLeftInIt() throws IOException {
    Path folder = TestsFolder.make();
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/left"), "left behind by a test");

    TestsFolder.delete(folder);

    assertThat(folder).doesNotExist();
  }
}
