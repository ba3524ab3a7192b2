package lockstep.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import lockstep.evidence.Proof;
import lockstep.proofs.KeyRun.End;
import lockstep.proofs.KeyRun.Outcome;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * KeY proves the JML contracts of the kernel against the Java that ships, without help and with
 * Java's own arithmetic. That it does not for faulty Java, contract by contract, is what {@link
 * KernelFaultsProofTest} shows.
 *
 * <p>A contract speaks in unbounded integers, so a closed proof excludes overflow wherever a result
 * is said to be a sum or product. A runtime exception is a failure. What calls these methods is
 * shown by properties, not by these proofs.
 */
@Proof
class KernelProofTest {

  private static final String LIMITER = "lockstep.kernel.LimiterDecision";
  private static final String CHUNKS = "lockstep.kernel.ChunkArithmetic";
  private static final String PADDING = "lockstep.kernel.PaddingArithmetic";
  private static final String DIGITS = "lockstep.kernel.HexDigits";
  private static final String WIPING = "lockstep.secret.Wiping";
  private static final int CONTRACTS = 29;

  /** One fault, so that each build sees KeY fail; the others take minutes. */
  private static final PlantedFault CONTROL =
      PlantedFaults.all().stream().filter(f -> f.type().equals(WIPING)).findFirst().orElseThrow();

  private static KeyRun run;

  @BeforeAll
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  static void prove() throws IOException, InterruptedException {
    run = KeyRun.of(ProofInput.PROVED, List.of(CONTROL));
    System.out.print(run.table());
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
    assertThat(run.shipped()).hasSize(CONTRACTS);
    assertThat(run.shipped()).allSatisfy((name, outcome) -> closed(outcome));
  }

  @Test
  void aPlantedFaultLeavesAGoalOpen() {
    assertThat(run.outcomes().get(CONTROL.faultyContract()))
        .isNotNull()
        .extracting(Outcome::end)
        .isNotEqualTo(End.CLOSED);
  }

  @Test
  void theLogicIsJavasOwnArithmeticWithoutExceptions() {
    assertThat(run.choices())
        .contains("intRules:javaSemantics", "runtimeExceptions:ban", "assertions:safe");
  }

  @Test
  @Verifies("LIM-1")
  void aPolicyHasItsBounds() {
    proved(LIMITER, "isPolicy", 1);
  }

  @Test
  @Verifies({"LIM-3", "LIM-5", "LIM-6", "LIM-7~2"})
  void aChargeIsTakenLocksOrIsRefusedAndNoPolicyOverflows() {
    proved(LIMITER, "LimiterDecision", 1);
    proved(LIMITER, "isState", 1);
    proved(LIMITER, "charge", 3);
    proved(LIMITER, "destroy", 1);
  }

  @Test
  @Verifies("LIM-10")
  void successRefills() {
    proved(LIMITER, "succeed", 2);
  }

  @Test
  @Verifies("LIM-11")
  void theTimeToDecideByNeverFalls() {
    proved(LIMITER, "observe", 1);
  }

  @Test
  @Verifies("STG-8")
  void aChargeThatCountsIsGivenBackAndNoOther() {
    proved(LIMITER, "giveBack", 2);
  }

  @Test
  @Verifies("PAY-2")
  void everyLengthHasExactlyOneChunking() {
    proved(CHUNKS, "chunkCount", 2);
    proved(CHUNKS, "sealedLength", 2);
    proved(CHUNKS, "plaintextLength", 1);
  }

  @Test
  @Verifies("PAY-6")
  void noChunkBeyondTheLimitHasANonce() {
    proved(CHUNKS, "chunkCount", 2);
    proved(CHUNKS, "writeNonce", 1);
  }

  @Test
  @Verifies("PAD-2")
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
  @Verifies("SEC-3")
  void everyByteIsOverwritten() {
    proved(WIPING, "zero", 1);
  }
}
