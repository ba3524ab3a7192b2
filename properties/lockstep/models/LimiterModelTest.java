package lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lockstep.evidence.Model;
import lockstep.models.AlloyModel.Mutant;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code spec/models/limiter.als}: checked, and its transition table replayed on the Java. */
@Model
class LimiterModelTest {

  private static final AlloyModel MODEL = AlloyModel.named("limiter");

  private static final List<Mutant> MUTANTS =
      List.of(
          new Mutant(
              "time runs backwards", "t.clock = time/larger[s.clock, t.at]", "t.clock = t.at"),
          new Mutant(
              "locked attempts are charged",
              "s.phase = Open or (s.phase = Locked and time/gte[s.clock, s.lockEnd])",
              "s.phase in Open + Locked"),
          new Mutant(
              "a success forgets the round",
              "t.charges = zero and t.round = one1 and t.phase = Open and no t.lockEnd and no"
                  + " t.spent t.held = s.held",
              "t.charges = zero and t.round = s.round and t.phase = Open and no t.lockEnd"
                  + " and no t.spent t.held = s.held"),
          new Mutant(
              "any charge given back lifts the lock",
              "some s.live and (s.phase = Open or some s.locks)",
              "some s.live"),
          new Mutant(
              "a charge of an older round is given back",
              "t.live = (t.round = s.round implies s.live else none)",
              "t.live = s.live"),
          new Mutant(
              "the last round locks too",
              "(t.charges = s.attempts and t.round != s.rounds) implies",
              "(t.charges = s.attempts) implies"),
          new Mutant(
              "a new epoch without a destroyed record",
              "pred newEpoch[s, t: State] { s.phase = Destroyed",
              "pred newEpoch[s, t: State] {"),
          new Mutant(
              "one more than the policy's attempts",
              "t.charges != s.attempts implies t.phase = Open",
              "t.charges != s.attempts.num/next implies t.phase = Open"),
          new Mutant(
              "the wait is one tick short",
              "t.phase = Locked and some t.lockEnd and t.lockEnd = s.clock.time/next.time/next",
              "t.phase = Locked and some t.lockEnd and t.lockEnd = s.clock.time/next"));

  private static List<List<Map<String, String>>> table;

  @BeforeAll
  static void enumerateTable() {
    table = MODEL.enumerate("Table");
  }

  @Test
  @Verifies({
    "LIM-1",
    "LIM-3",
    "LIM-5",
    "LIM-6",
    "LIM-7~2",
    "LIM-8~2",
    "LIM-9",
    "LIM-10",
    "LIM-11",
    "LIM-12",
    "LIM-13",
    "LIM-14",
    "LIM-15~2",
    "STG-8"
  })
  void everyCommandOfTheModelAnswersAsTheSpecSays() {
    assertThat(MODEL.surprises()).isEmpty();
  }

  @Test
  void everyMutantOfTheModelIsCaught() {
    assertThat(MODEL.missed(MUTANTS)).isEmpty();
  }

  @Test
  @Verifies({"LIM-3", "LIM-5", "LIM-6", "LIM-7~2", "LIM-10", "LIM-11", "LIM-15~2"})
  void theWholeTransitionTableIsWhatTheJavaDoes() {
    assertThat(table).hasSizeGreaterThan(3000);
    assertThat(actionsOf(table))
        .containsExactlyInAnyOrder(
            "Wait",
            "Charge",
            "ChargeForStage",
            "Refuse",
            "Success",
            "GiveBack",
            "Destroy",
            "NewEpoch");
    assertThat(new LimiterReplay().apply(table)).isEmpty();
  }

  @Test
  @Verifies({"LIM-9", "LIM-12", "STG-8"})
  void everyTraceIsWhatTheJavaDoes() {
    List<List<Map<String, String>>> traces = traces();
    assertThat(Set.copyOf(traces)).hasSizeGreaterThanOrEqualTo(500);
    assertThat(traces.stream().filter(Walks::loops).count()).isGreaterThan(100);
    assertThat(new LimiterReplay().apply(traces)).isEmpty();
  }

  @Test
  @Verifies("ORC-9")
  void theVectorsAreTheModelsTransitionTable() {
    ModelVectors vectors = LimiterTraces.vectors(table);
    assertThat(vectors.committed())
        .as("spec/vectors/model-limiter.json; CONTRIBUTING.md says how to write it anew")
        .isEqualTo(vectors.text());
  }

  @Test
  void everyFaultOfTheJavaFailsTheReplay() {
    List<List<Map<String, String>>> all = new ArrayList<>(table);
    all.addAll(traces());
    assertThat(JavaFaults.missed("limiter", new LimiterReplay(), all)).isEmpty();
  }

  private static List<List<Map<String, String>>> traces() {
    return new Walks(table, Set.of("epoch", "spent"))
        .from(state -> state.get("charges").equals("Num") && state.get("phase").equals("Open"))
        .traces(600, 16);
  }

  private static Set<String> actionsOf(List<List<Map<String, String>>> table) {
    return table.stream()
        .map(pair -> pair.get(1).get("did"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
