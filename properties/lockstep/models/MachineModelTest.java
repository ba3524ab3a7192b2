package lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lockstep.evidence.Model;
import lockstep.models.AlloyModel.Mutant;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code spec/models/machine.als}: checked, and its transition table replayed on VaultMachine. */
@Model
class MachineModelTest {

  private static final AlloyModel MODEL = AlloyModel.named("machine");

  private static final List<Mutant> MUTANTS =
      List.of(
          new Mutant(
              "locked attempts are charged",
              "s.phase = Open or (s.phase = Locked and some s.over)",
              "s.phase in Open + Locked"),
          new Mutant(
              "a confirmation lifts any lock",
              "some s.live and (s.phase = Open or some s.locks)",
              "some s.live"),
          new Mutant(
              "activation refills the budget",
              "noStage[t] and no t.login and t.reply = Carried sameLimiter[s, t] } } pred disable",
              "noStage[t] and no t.login and t.reply = Carried fullBudget[t] } } pred disable"),
          new Mutant(
              "activation without a confirmation",
              "s.confirming != Proved implies says[s, t, Refused]"
                  + " (s.confirming = Proved and s.phase = Final)",
              "no s.stage implies says[s, t, Refused]"
                  + " (s.confirming = Proved and s.phase = Final)"),
          new Mutant(
              "the end of the final session destroys nothing",
              "s.last = ByLogin implies destroys[s, t] and t.reply = SaysDestroyed",
              "s.last = ByLogin implies says[s, t, WrongProof]"),
          new Mutant(
              "a stage outlives its record's destruction",
              "no t.over and no t.last noStage[t] and no t.login } pred takes",
              "no t.over and no t.last sameStage[s, t] and no t.login } pred takes"),
          new Mutant(
              "a name never enrolled is burnt",
              "t.standing = (s.standing = Nothing implies Nothing else Tomb)",
              "t.standing = Tomb"),
          new Mutant(
              "a disabled name is burnt",
              "t.standing = (s.standing = Nothing implies Nothing else Tomb)",
              "t.standing = (some s.was implies Tomb else Nothing)"),
          new Mutant(
              "time ends a lock early",
              "t.over = ((t.did = Day and s.phase = Locked) implies Yes else s.over)",
              "t.over = Yes"));

  private static final Map<String, String> START =
      Map.of("standing", "Nothing", "charges", "Num", "round", "Num1", "phase", "Open");

  private static List<List<Map<String, String>>> table;
  private static Walks walks;

  @BeforeAll
  static void enumerateTable() {
    table = MODEL.enumerate("Table");
    walks = new Walks(table, Set.of()).from(START::equals);
  }

  @Test
  @Verifies({
    "LIM-3", "LIM-4", "LIM-5", "LIM-6", "LIM-7~2", "LIM-8~2", "LIM-10", "LIM-14",
    "LIM-15~2", "SES-1", "SES-4~2", "SES-6~2", "SES-7", "STG-2", "STG-3~2", "STG-4",
    "STG-5~2", "STG-6", "STG-7~2", "STG-8", "STG-9", "STG-10", "LEA-1"
  })
  void everyCommandOfTheModelAnswersAsTheSpecSays() {
    assertThat(MODEL.surprises()).isEmpty();
  }

  @Test
  void everyMutantOfTheModelIsCaught() {
    assertThat(MODEL.missed(MUTANTS)).isEmpty();
  }

  @Test
  @Verifies({"LIM-8~2", "SES-3", "STG-5~2", "STG-8", "STG-9", "LEA-1"})
  void everyTransitionThatCanBeReachedIsWhatTheJavaDoes() {
    List<List<Map<String, String>>> transitions = walks.everyTransition();
    System.out.println("machine: " + transitions.size() + " transitions reached and replayed");
    assertThat(transitions).hasSizeGreaterThan(1000);
    assertThat(
            transitions.stream()
                .map(t -> t.get(t.size() - 1).get("did"))
                .collect(Collectors.toSet()))
        .hasSize(16);
    assertThat(new MachineReplay().apply(transitions)).isEmpty();
  }

  @Test
  @Verifies({"LIM-9", "LIM-12", "LIM-14"})
  void everyTraceIsWhatTheJavaDoes() {
    List<List<Map<String, String>>> traces = walks.traces(600, 16);
    assertThat(Set.copyOf(traces)).hasSizeGreaterThanOrEqualTo(500);
    assertThat(traces.stream().filter(Walks::loops).count()).isGreaterThan(100);
    assertThat(new MachineReplay().apply(traces)).isEmpty();
  }

  @Test
  @Verifies("ORC-9")
  void theVectorsAreTracesThatTakeEveryTransition() {
    Map<String, String> enrolled = new TreeMap<>(START);
    enrolled.put("standing", "Active");
    enrolled.put("was", "Yes");
    ModelVectors vectors = new ModelVectors("model-machine");
    traces(did -> MachineTraces.LIMITER.contains(did), enrolled)
        .forEach(
            trace ->
                vectors.add(
                    "LIM-3 LIM-5 LIM-6 LIM-7 LIM-8 LIM-9 LIM-10 SES-1 SES-3 SES-6 SES-7",
                    "a trace of machine.als, attempts and time alone",
                    MachineTraces.ofLimiter(vectors.nextId(), trace)));
    // The oracle has no operation for a stage with another content.
    traces(did -> !did.equals("StageOther"), START)
        .forEach(
            trace ->
                vectors.add(
                    "LIM-14 LIM-15 STG-2 STG-3 STG-4 STG-5 STG-7 STG-8 STG-9 LEA-1",
                    "a trace of machine.als",
                    MachineTraces.ofVault(vectors.nextId(), trace)));
    assertThat(vectors.committed())
        .as("spec/vectors/model-machine.json; CONTRIBUTING.md says how to write it anew")
        .isEqualTo(vectors.text());
  }

  // A stage's ten minutes are no ten steps of a minute in the model.
  private static List<List<Map<String, String>>> traces(
      Predicate<String> taken, Map<String, String> start) {
    return new Walks(
            table.stream().filter(pair -> taken.test(pair.get(1).get("did"))).toList(), Set.of())
        .from(start::equals)
        .covering(60, "Minute", 9);
  }

  @Test
  void everyFaultOfTheJavaFailsTheReplay() {
    assertThat(JavaFaults.missed("machine", new MachineReplay(), walks.everyTransition()))
        .isEmpty();
  }
}
