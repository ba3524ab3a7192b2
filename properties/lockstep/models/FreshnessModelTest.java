package lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lockstep.evidence.Model;
import lockstep.models.AlloyModel.Mutant;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** {@code spec/models/freshness.als}: a provider that rolls back around every command. */
@Model
class FreshnessModelTest {

  private static final AlloyModel MODEL = AlloyModel.named("freshness");

  private static final List<Mutant> MUTANTS =
      List.of(
          new Mutant(
              "the device's own knowledge is no floor",
              "no m implies f else (some f and num/gt[f.number, m.number]) implies f else m",
              "m"),
          new Mutant(
              "the vault's mark is no floor",
              "no m implies f else (some f and num/gt[f.number, m.number]) implies f else m",
              "f"),
          new Mutant(
              "a mark lowers what the device knows",
              "(some f and num/gt[f.number, m.number]) implies f else m",
              "m"),
          new Mutant(
              "a higher number is enough",
              "(num/gt[b.number, l.number] and l in b.^earlier)",
              "num/gt[b.number, l.number]"),
          new Mutant("without the vault's word anything passes", "no h implies b = l", "h in h"),
          new Mutant(
              "a restore notes what it took, older or not",
              "(some l and (no b or num/lte[b.number, l.number])) implies l else b",
              "b"),
          new Mutant(
              "a refusal forgets", "t.by.(t.floor) = l } t.holds", "no t.by.(t.floor) } t.holds"),
          new Mutant(
              "a rotation copies whatever is shown",
              "some t.shown implies chooses[l, t.heard, t.shown] no t.shown implies no l }",
              "no t.shown implies no l }"),
          new Mutant(
              "a rotation takes no head for nothing to copy",
              "no t.shown implies no l } no t.shown implies (t.stood",
              "l in l } no t.shown implies (t.stood"),
          new Mutant(
              "a number counts from the head alone",
              "let known = (l + t.shown).number",
              "let known = t.shown.number"));

  @Test
  @Verifies({"BAK-2~3", "RST-6~2", "RST-12", "RST-13", "ROT-1~3"})
  void everyCommandOfTheModelAnswersAsTheSpecSays() {
    assertThat(MODEL.surprises()).isEmpty();
  }

  @Test
  void everyMutantOfTheModelIsCaught() {
    assertThat(MODEL.missed(MUTANTS)).isEmpty();
  }
}
