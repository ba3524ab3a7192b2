package lockstep.vault.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The decision table in the spec is what the machine decides. {@code -Dlockstep.vectors.write=true}
 * writes it instead.
 */
class DecisionTableTest {

  private static final Path PAGE =
      Path.of(System.getProperty("lockstep.basedir", "."), "spec/decisions.md");
  private static final String RULE = "|---|---|---|---|---|---|---|\n";

  @Test
  void theTableOfTheSpecIsTheMachines() throws IOException {
    String page = Files.readString(PAGE);
    String head = page.substring(0, page.indexOf(RULE) + RULE.length());
    String now = head + DecisionTable.markdown();
    if (Boolean.getBoolean("lockstep.vectors.write")) {
      Files.writeString(PAGE, now);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(now);
  }

  @Test
  void oneDecisionThatDiffersIsNoticed() throws IOException {
    String wrong = Files.readString(PAGE).replaceFirst("refused: Locked", "Permit");
    assertThat(wrong).doesNotEndWith(DecisionTable.markdown());
  }
}
