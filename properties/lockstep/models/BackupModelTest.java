package lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lockstep.backup.BackupReplay;
import lockstep.evidence.Model;
import lockstep.models.AlloyModel.Mutant;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code spec/models/backup.als}: a device that crashes and a provider that lies. */
@Model
class BackupModelTest {

  private static final AlloyModel MODEL = AlloyModel.named("backup");

  private static final List<Mutant> MUTANTS =
      List.of(
          new Mutant(
              "the manifest goes before its data",
              "s.part = Data s.running.objs in s.objects t.manifests",
              "s.part = Data t.manifests"),
          new Mutant(
              "the head goes before the manifest", "s.part = Noted t.head", "s.part = Data t.head"),
          new Mutant(
              "objects of the old head are removed before the new head stands",
              "s.part = Standing (some x: s.objects - s.head.objs",
              "some s.part (some x: s.objects - s.running.objs"),
          new Mutant(
              "the chain to the mark is removed",
              "s.head.*earlier - s.mark.^earlier) | t.manifests = s.manifests - m",
              "s.head) | t.manifests = s.manifests - m"),
          new Mutant(
              "a mark before its head",
              "some s.notes and s.notes = s.head some s.mark implies",
              "some s.notes some s.mark implies"),
          new Mutant(
              "a mark may fall",
              "some s.mark implies num/gt[s.notes.number, s.mark.number] t.mark",
              "t.mark"),
          new Mutant(
              "a higher number is enough to be fresh",
              "num/gt[Offer.top.number, s.mark.number] and s.mark in Offer.top.^(Offer.shown <:"
                  + " earlier)",
              "num/gt[Offer.top.number, s.mark.number]"),
          new Mutant(
              "objects are not bound to their names",
              "all x: Offer.top.objs | Offer.content[x] = x",
              "all x: Offer.top.objs | some Offer.content[x]"),
          new Mutant(
              "the number does not count what the mark knows",
              "let known = (s.notes + b.earlier + s.mark).number",
              "let known = b.earlier.number"));

  private static List<List<Map<String, String>>> traces;

  @BeforeAll
  static void drawTraces() {
    traces = new ArrayList<>(MODEL.draw("TableOfOldOffers", 20));
    traces.addAll(MODEL.draw("TableOfTraces", 490));
  }

  @Test
  @Verifies({
    "BAK-1~2",
    "BAK-2~3",
    "BAK-3",
    "BAK-9~2",
    "BAK-13~2",
    "MRK-1",
    "RST-1",
    "RST-6~2",
    "RST-11"
  })
  void everyCommandOfTheModelAnswersAsTheSpecSays() {
    assertThat(MODEL.surprises()).isEmpty();
  }

  @Test
  void everyMutantOfTheModelIsCaught() {
    assertThat(MODEL.missed(MUTANTS)).isEmpty();
  }

  @Test
  @Verifies({"BAK-1~2", "BAK-3", "BAK-9~2", "BAK-13~2", "RST-1", "RST-6~2", "RST-11"})
  void everyTraceIsWhatTheDeviceDoesAtItsProvider() {
    assertThat(Set.copyOf(traces)).hasSizeGreaterThanOrEqualTo(500);
    assertThat(Walks.actions(traces)).hasSize(8);
    assertThat(traces.stream().filter(t -> t.get(0).containsKey("Offer.accepted")).count())
        .isBetween(20L, traces.size() - 20L);
    assertThat(new BackupReplay().apply(traces)).isEmpty();
  }

  @Test
  void everyFaultOfTheDeviceFailsTheReplay() {
    assertThat(JavaFaults.missed("backup", new BackupReplay(), traces)).isEmpty();
  }
}
