package lockstep.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lockstep.evidence.Proof;
import lockstep.proofs.KeyRun.End;
import lockstep.proofs.KeyRun.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * For a fault planted in the Java that ships, KeY leaves a goal of the contract open. It proves the
 * shipped Java in the same run, whose steps bound those that it may take for the faulty one.
 */
@Proof
class KernelFaultsProofTest {

  private static final List<PlantedFault> FAULTS = PlantedFaults.all();
  private static KeyRun run;

  @BeforeAll
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  static void prove() throws IOException, InterruptedException {
    run = KeyRun.of(ProofInput.PROVED, FAULTS);
    System.out.print(run.table());
  }

  @Test
  void everyContractHasAFaultThatLeavesAGoalOpen() {
    assertThat(FAULTS.stream().map(PlantedFault::shippedContract).distinct())
        .containsExactlyInAnyOrderElementsOf(run.shipped().keySet());
    assertThat(FAULTS)
        .allSatisfy(
            fault ->
                assertThat(run.outcomes().get(fault.faultyContract()))
                    .as(fault.toString())
                    .isNotNull()
                    .extracting(Outcome::end)
                    .isNotEqualTo(End.CLOSED));
  }

  @Test
  void theSameRunProvesTheJavaThatShips() {
    assertThat(run.shipped())
        .isNotEmpty()
        .allSatisfy((name, outcome) -> assertThat(outcome.end()).isEqualTo(End.CLOSED));
  }
}
