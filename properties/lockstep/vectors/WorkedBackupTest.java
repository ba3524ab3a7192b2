package lockstep.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The worked backup in the spec is what the reference makes. {@code -Dlockstep.vectors.write=true}
 * writes it instead.
 */
class WorkedBackupTest {

  private static final Path PAGE =
      Path.of(System.getProperty("lockstep.basedir", "."), "spec/worked-backup.md");
  private static final String RULE = "|---|---|\n";

  @Test
  void everyByteOnThePageIsTheReferences() throws IOException {
    String page = Files.readString(PAGE);
    String now = page.substring(0, page.indexOf(RULE) + RULE.length()) + WorkedBackup.markdown();
    if (Boolean.getBoolean("lockstep.vectors.write")) {
      Files.writeString(PAGE, now);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(now);
  }

  @Test
  void aByteThatDiffersIsNoticed() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page.replaceFirst("4c534d31", "4c534d32")).doesNotEndWith(WorkedBackup.markdown());
  }
}
