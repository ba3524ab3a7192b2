package lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lockstep.evidence.Model;
import lockstep.models.AlloyModel.Mutant;
import lockstep.spec.Verifies;
import lockstep.vault.StageReplay;
import org.junit.jupiter.api.Test;

/** {@code spec/models/stage.als}: one password opens, and nothing refills the budget. */
@Model
class StageModelTest {

  private static final AlloyModel MODEL = AlloyModel.named("stage");

  private static final Mutant WITHOUT_THE_RULE =
      new Mutant(
          "one message registers, as at CRYPTO 2023",
          "fact TheRule { one StageConfirmRule }",
          "fact TheRule { no StageConfirmRule }");

  private static final List<Mutant> MUTANTS =
      List.of(
          WITHOUT_THE_RULE,
          new Mutant(
              "the staged record answers attempts",
              "fun answering[s: State]: set Gen { s.active }",
              "fun answering[s: State]: set Gen { s.active + (s.conf in Reserved + none"
                  + " implies none else s.stage) }"),
          new Mutant(
              "a stage reserves no charge",
              "no s.tomb implies { t.charges = s.charges.num/next and t.guesses = s.guesses }",
              "no s.tomb implies { t.charges = s.charges and t.guesses = s.guesses }"),
          new Mutant(
              "a confirmation gives back every time",
              "(some s.reserved implies s.charges.num/prev else s.charges)",
              "(s.charges != zero implies s.charges.num/prev else s.charges)"),
          new Mutant(
              "activation refills the budget",
              "no t.login and t.used = s.used sameCount[s, t] and no t.plans some t.told",
              "no t.login and t.used = s.used t.charges = zero"
                  + " and t.guesses = s.guesses and no t.plans some t.told"),
          new Mutant(
              "disabling refills the budget",
              "no t.login and t.used = s.used and sameCount[s, t] t.believes",
              "no t.login and t.used = s.used and t.charges = zero and t.guesses = s.guesses "
                  + "  t.believes"),
          new Mutant(
              "the expiry of a stage gives its charge back",
              "noStage[t] and t.used = s.used and t.login = s.login "
                  + "  sameRecord[s, t] and sameCount[s, t] and sameDevice",
              "noStage[t] and t.used = s.used and t.login = s.login and t.guesses = s.guesses "
                  + "  t.charges = s.charges.num/prev and sameRecord[s, t] and sameDevice"),
          new Mutant(
              "activation without a verified confirmation",
              "s.phase = Proved and s.stage = s.plans and s.conf = Verified and some s.confirming",
              "s.phase in Staged + Proved and s.stage = s.plans and s.conf in Recorded + Verified"),
          new Mutant(
              "registering erases the active record",
              "no t.tomb and t.active = s.active no t.login",
              "no t.tomb and no t.active no t.login"),
          new Mutant(
              "the old set goes before the switch",
              "s.phase = Idle and some s.believes and no s.intends t.whole = s.believes.key",
              "some s.believes t.whole = (some s.intends implies s.intends.key"
                  + " else s.believes.key)"),
          new Mutant(
              "the journal is forgotten when the reply is lost",
              "sameCount[s, t] and no t.plans some t.told implies { t.believes = s.intends and no"
                  + " t.intends and t.phase = Idle } no t.told implies { t.believes = s.believes"
                  + " and t.intends = s.intends and t.phase = Unknown }",
              "sameCount[s, t] and no t.plans some t.told implies { t.believes = s.intends and no"
                  + " t.intends and t.phase = Idle } no t.told implies { t.believes = s.believes"
                  + " and no t.intends and t.phase = Idle }"),
          new Mutant(
              "an Activate under way is forgotten by whoever asks",
              "s.active != s.intends implies { t.believes = s.believes and t.intends = s.intends }",
              "s.active != s.intends implies { t.believes = s.believes and no t.intends }"),
          new Mutant(
              "the journal takes an older one's place before Register",
              "some t.plans and t.plans not in s.used and t.intends = s.intends",
              "some t.plans and t.plans not in s.used and t.intends = t.plans"));

  @Test
  @Verifies({
    "STG-1", "STG-2", "STG-3~2", "STG-4", "STG-5~2", "STG-6", "STG-7~2", "STG-8",
    "STG-9", "STG-10", "LIM-12", "LIM-14", "LIM-15~2", "LEA-1", "CHG-1", "CHG-2",
    "CHG-3", "CHG-4", "ENR-3", "ENR-5~2", "ROT-1~3", "ROT-2", "ROT-3~2", "DIS-2"
  })
  void everyCommandOfTheModelAnswersAsTheSpecSays() {
    assertThat(MODEL.surprises()).isEmpty();
  }

  @Test
  @Verifies({"STG-4", "STG-7~2", "STG-8"})
  void theExtraGuessAttackNeedsTheRuleTakenOut() {
    assertThat(MODEL.answer("ExtraGuessAttack").satisfiable()).isFalse();
    assertThat(MODEL.mutant(WITHOUT_THE_RULE).answer("ExtraGuessAttack").satisfiable()).isTrue();
  }

  @Test
  void everyMutantOfTheModelIsCaught() {
    assertThat(MODEL.missed(MUTANTS)).isEmpty();
  }

  @Test
  @Verifies({"STG-3~2", "STG-4", "STG-5~2", "STG-6", "STG-7~2", "STG-8", "STG-9", "LEA-1"})
  void everyTraceIsWhatTheVaultDoesOverItsStore() {
    List<List<Map<String, String>>> traces =
        new Walks(Walks.steps(MODEL.draw("TableOfTraces", 50)), Set.of())
            .from(state -> !state.containsKey("whole"))
            .traces(500, 12);
    assertThat(Set.copyOf(traces)).hasSizeGreaterThanOrEqualTo(500);
    assertThat(traces.stream().filter(Walks::loops).count()).isGreaterThan(50);
    assertThat(Walks.actions(traces)).hasSize(17);
    assertThat(new StageReplay().apply(traces)).isEmpty();
  }
}
