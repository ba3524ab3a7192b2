package lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lockstep.evidence.Model;
import lockstep.models.AlloyModel.Mutant;
import lockstep.spec.Verifies;
import lockstep.vault.SessionsReplay;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code spec/models/sessions.als}: several clients, a bad network and a vault that crashes. */
@Model
class SessionsModelTest {

  private static final AlloyModel MODEL = AlloyModel.named("sessions");

  private static final List<Mutant> MUTANTS =
      List.of(
          new Mutant(
              "answered before the charge is durable",
              "some t.who and t.who in s.permits no s.pending",
              "some t.who and t.who in s.permits + s.pending"),
          new Mutant(
              "a session is charged twice",
              "t.who in s.asked - s.ever and some t.who and no s.pending",
              "t.who in s.asked and some t.who and no s.pending"),
          new Mutant(
              "a crash gives charges back",
              "no t.pending and no t.permits and no t.secrets sameStore[s, t] and sameGhost",
              "no t.pending and no t.permits and no t.secrets and no t.charged and t.free = Place "
                  + "  t.unlocked = s.unlocked and t.dead = s.dead and t.rows = s.rows "
                  + "  t.last = s.last and t.ever = s.ever and sameGhost"),
          new Mutant(
              "a failed proof may be tried again in its session",
              "x != s.last implies { t.dead = s.dead and t.rows = s.rows - x and",
              "x != s.last implies { t.dead = s.dead and t.rows = s.rows and"),
          new Mutant(
              "a session may prove twice",
              "t.rows = s.rows - t.who and t.secrets = s.secrets - t.who and t.ever",
              "t.rows = s.rows and t.secrets = s.secrets and t.ever"),
          new Mutant(
              "the final session's failure destroys nothing",
              "x = s.last implies { t.dead = Yes and no t.rows",
              "x = s.last implies { no t.dead and no t.rows"),
          new Mutant(
              "a timeout refunds",
              "t.charged = s.charged and t.free = s.free and t.ever = s.ever x = s.last",
              "t.charged = s.charged - (Place -> x) and t.free = Place - t.charged.Session "
                  + "  t.ever = s.ever and x = s.last"),
          new Mutant(
              "a lock ends the session that caused it",
              "t.dead = s.dead and t.rows = s.rows + t.who and t.ever",
              "t.dead = s.dead and (no t.unlocked implies no t.rows else t.rows = s.rows + t.who)"
                  + " and t.ever"),
          new Mutant(
              "the final session does not keep others out",
              "t.last = (no t.free implies t.who else none)",
              "no t.last"));

  private static List<List<Map<String, String>>> traces;

  @BeforeAll
  static void drawTraces() {
    traces = new ArrayList<>(walks("TableOfTraces", 40).traces(360, 12));
    traces.addAll(walks("TableOfTracesAcrossAWait", 15).traces(140, 12));
  }

  private static Walks walks(String label, int drawn) {
    return new Walks(Walks.steps(MODEL.draw(label, drawn)), Set.of())
        .from(state -> !state.containsKey("asked"));
  }

  @Test
  @Verifies({
    "LIM-2", "LIM-4", "LIM-6", "LIM-8~2", "LIM-9", "LIM-10", "LIM-12", "SES-1", "SES-2", "SES-3",
    "SES-4~2", "SES-5", "SES-6~2", "SES-7"
  })
  void everyCommandOfTheModelAnswersAsTheSpecSays() {
    assertThat(MODEL.surprises()).isEmpty();
  }

  @Test
  void everyMutantOfTheModelIsCaught() {
    assertThat(MODEL.missed(MUTANTS)).isEmpty();
  }

  @Test
  @Verifies({"LIM-2", "LIM-4", "LIM-9", "SES-1", "SES-4~2", "SES-5", "SES-6~2", "SES-7"})
  void everyTraceIsWhatTheVaultDoesOverItsStore() {
    assertThat(Set.copyOf(traces)).hasSizeGreaterThanOrEqualTo(500);
    assertThat(traces.stream().filter(Walks::loops).count()).isGreaterThan(50);
    assertThat(Walks.actions(traces))
        .containsExactlyInAnyOrder(
            "Ask",
            "Decide",
            "Commit",
            "Evaluate",
            "Repeat",
            "Prove",
            "Fail",
            "Abandon",
            "Expire",
            "Crash",
            "NewRound");
    assertThat(new SessionsReplay().apply(traces)).isEmpty();
  }

  @Test
  void everyFaultOfTheShellFailsTheReplay() {
    assertThat(JavaFaults.missed("shell", new SessionsReplay(), traces)).isEmpty();
  }
}
