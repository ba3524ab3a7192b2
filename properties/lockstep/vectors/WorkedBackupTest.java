package lockstep.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The worked backup in the spec is what the reference makes. */
class WorkedBackupTest {

  private static final GeneratedPage PAGE =
      new GeneratedPage("spec/worked-backup.md", "|---|---|\n");

  @Test
  void everyByteOnThePageIsTheReferences() throws IOException {
    PAGE.endsWith(WorkedBackup.markdown());
  }

  @Test
  void aByteThatDiffersIsNoticed() throws IOException {
    String wrong = PAGE.text().replaceFirst("4c534d31", "4c534d32");
    assertThat(wrong).doesNotEndWith(WorkedBackup.markdown());
  }
}
