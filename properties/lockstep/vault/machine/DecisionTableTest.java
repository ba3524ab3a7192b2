package lockstep.vault.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import lockstep.vectors.GeneratedPage;
import org.junit.jupiter.api.Test;

/** The decision table in the spec is what the machine decides. */
class DecisionTableTest {

  private static final GeneratedPage PAGE =
      new GeneratedPage("spec/decisions.md", "|---|---|---|---|---|---|---|\n");

  @Test
  void theTableOfTheSpecIsTheMachines() throws IOException {
    PAGE.endsWith(DecisionTable.markdown());
  }

  @Test
  void oneDecisionThatDiffersIsNoticed() throws IOException {
    String wrong = PAGE.text().replaceFirst("refused: Locked", "Permit");
    assertThat(wrong).doesNotEndWith(DecisionTable.markdown());
  }
}
