package lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lockstep.evidence.Model;
import lockstep.models.AlloyModel.Mutant;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** {@code spec/models/devices.als}: several devices at one provider, their steps mixed. */
@Model
class DevicesModelTest {

  private static final AlloyModel MODEL = AlloyModel.named("devices");

  private static final List<Mutant> MUTANTS =
      List.of(
          new Mutant(
              "a device removes whatever it does not name",
              "s.objects & d.(s.garbage) - d.(s.doing).objs | t.objects",
              "s.objects - d.(s.doing).objs | t.objects"),
          new Mutant(
              "a device removes though another's head is the newest",
              "d.(s.part) = Made newest[s.heads] = d.(s.doing) d.(t.part) = Cleaning",
              "d.(s.part) = Made d.(t.part) = Cleaning"),
          new Mutant(
              "a device removes before its head stands",
              "d.(s.part) = Made newest[s.heads] = d.(s.doing) d.(t.part) = Cleaning",
              "d.(s.part) = Looked newest[s.heads] = d.(s.doing).over d.(t.part) = Cleaning"),
          new Mutant(
              "a head is made though objects are missing",
              "d.(s.doing).objs in s.objects d.(t.part) = Looked",
              "d.(t.part) = Looked"),
          new Mutant(
              "a head takes a name that is taken",
              "d.(s.doing).number not in s.heads.number",
              "d.(s.doing) not in s.heads"),
          new Mutant(
              "what an interrupted run took over counts as its own",
              "d.(t.mine) = d.(s.mine) } d.(t.part) = Storing",
              "d.(t.mine) = d.(s.mine) + b.over.objs } d.(t.part) = Storing"),
          new Mutant(
              "what a head named stays the run's own",
              "(some d.(s.part) & (Made + Cleaning) implies none else d.(s.mine))",
              "d.(s.mine)"),
          new Mutant(
              "the newest head goes with the lower ones",
              "some h: s.heads | num/lt[h.number, d.(s.doing).number] and t.heads",
              "some h: s.heads | num/lte[h.number, d.(s.doing).number] and t.heads"),
          new Mutant(
              "anything that was ever stored may be taken over",
              "b.objs & s.born.objs in b.over.objs + d.(s.mine)",
              "b.objs & s.born.objs in s.objects"));

  @Test
  @Verifies({"BAK-1~2", "BAK-3", "BAK-14~3", "BAK-17", "BAK-18~2", "PRV-2~2"})
  void everyCommandOfTheModelAnswersAsTheSpecSays() {
    assertThat(MODEL.surprises()).isEmpty();
  }

  @Test
  void everyMutantOfTheModelIsCaught() {
    assertThat(MODEL.missed(MUTANTS)).isEmpty();
  }
}
