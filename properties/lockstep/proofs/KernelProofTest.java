package lockstep.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import lockstep.proofs.KeyRun.End;
import lockstep.proofs.KeyRun.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * KeY proves the JML contracts of the kernel against the Java that ships, without help and with
 * Java's own arithmetic; for a fault planted in that Java it does not.
 *
 * <p>A contract speaks in unbounded integers, so a closed proof excludes overflow wherever a result
 * is said to be a sum or product. A runtime exception is a failure. What calls these methods is
 * shown by properties, not by these proofs.
 */
class KernelProofTest {

  private static final String LIMITER = "lockstep.kernel.LimiterDecision";
  private static final String CHUNKS = "lockstep.kernel.ChunkArithmetic";
  private static final String PADDING = "lockstep.kernel.PaddingArithmetic";
  private static final String DIGITS = "lockstep.kernel.HexDigits";
  private static final String WIPING = "lockstep.secret.Wiping";
  private static final int CONTRACTS = 29;

  private static final List<PlantedFault> FAULTS = PlantedFaults.all();
  private static KeyRun run;

  @BeforeAll
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  static void prove() throws IOException, InterruptedException {
    run = KeyRun.of(ProofInput.PROVED, FAULTS);
    String table =
        run.outcomes().entrySet().stream()
            .map(e -> "%s %s\n".formatted(e.getValue(), e.getKey()))
            .collect(Collectors.joining());
    Files.writeString(
        Path.of(System.getProperty("lockstep.build", "target"), "proofs", "contracts.txt"), table);
    System.out.print(table);
  }

  private static Map<String, Outcome> shipped() {
    Map<String, Outcome> shipped = new TreeMap<>(run.outcomes());
    shipped.keySet().removeIf(name -> name.startsWith("fault"));
    return shipped;
  }

  private static void proved(String type, String method, int contracts) {
    Map<String, Outcome> ofMethod = new TreeMap<>(run.outcomes());
    ofMethod.keySet().removeIf(name -> !name.startsWith(type + "[" + type + "::" + method + "("));
    assertThat(ofMethod).as(method).hasSize(contracts);
    assertThat(ofMethod).allSatisfy((name, outcome) -> closed(outcome));
  }

  private static void closed(Outcome outcome) {
    assertThat(outcome.end()).isEqualTo(End.CLOSED);
  }

  @Test
  void everyContractIsFoundAndProved() {
    assertThat(shipped()).hasSize(CONTRACTS);
    assertThat(shipped()).allSatisfy((name, outcome) -> closed(outcome));
  }

  @Test
  void everyContractHasAFaultThatLeavesAGoalOpen() {
    assertThat(FAULTS.stream().map(PlantedFault::shippedContract).distinct())
        .containsExactlyInAnyOrderElementsOf(shipped().keySet());
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
  void theLogicIsJavasOwnArithmeticWithoutExceptions() {
    assertThat(run.choices())
        .contains("intRules:javaSemantics", "runtimeExceptions:ban", "assertions:safe");
  }

  @Test
  void aPolicyHasItsBounds() {
    proved(LIMITER, "isPolicy", 1);
  }

  @Test
  void aChargeIsTakenLocksOrIsRefusedAndNoPolicyOverflows() {
    proved(LIMITER, "LimiterDecision", 1);
    proved(LIMITER, "isState", 1);
    proved(LIMITER, "charge", 3);
    proved(LIMITER, "destroy", 1);
  }

  @Test
  void successRefills() {
    proved(LIMITER, "succeed", 2);
  }

  @Test
  void theTimeToDecideByNeverFalls() {
    proved(LIMITER, "observe", 1);
  }

  @Test
  void aChargeThatCountsIsGivenBackAndNoOther() {
    proved(LIMITER, "giveBack", 2);
  }

  @Test
  void everyLengthHasExactlyOneChunking() {
    proved(CHUNKS, "chunkCount", 2);
    proved(CHUNKS, "sealedLength", 2);
    proved(CHUNKS, "plaintextLength", 1);
  }

  @Test
  void noChunkBeyondTheLimitHasANonce() {
    proved(CHUNKS, "chunkCount", 2);
    proved(CHUNKS, "writeNonce", 1);
  }

  @Test
  void paddingCostsLessThanASixteenth() {
    proved(PADDING, "paddedLength", 3);
    proved(PADDING, "highestBit", 1);
    proved(PADDING, "unitOf", 1);
    proved(PADDING, "roundedUp", 1);
  }

  @Test
  void everyDigitHasItsValueAndEveryByteTwoDigits() {
    proved(DIGITS, "encode", 1);
    proved(DIGITS, "unsigned", 1);
    proved(DIGITS, "digitOf", 1);
    proved(DIGITS, "valueOf", 1);
  }

  @Test
  void everyByteIsOverwritten() {
    proved(WIPING, "zero", 1);
  }
}
