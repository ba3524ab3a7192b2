package lockstep.ideal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lockstep.ideal.Schedule.Budget;
import lockstep.ideal.Step.Fate;
import lockstep.ideal.Step.Lie;
import lockstep.ideal.Step.Who;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Stories in which the two once differed, or agreed on what no user expects. */
class FoundStoriesTest {

  private static final Duel DUEL = new Duel(List.of(Budget.SMALL));
  private static final String PASSWORD = Schedules.PASSWORDS.get(0);

  @AfterAll
  static void close() {
    DUEL.close();
  }

  private static List<String> seen(boolean enrolled, Step... steps) {
    Duel.Outcome outcome = DUEL.play(new Schedule(Budget.SMALL, enrolled, List.of(steps)));
    assertThat(outcome.difference()).isEmpty();
    return outcome.seen();
  }

  @Test
  @Verifies("AUT-5")
  void aRegisterDeliveredAgainToARestartedVaultIsRefused() {
    assertThat(
            seen(
                true,
                new Step.Rotate(Who.PHONE, PASSWORD, new Fate(Mishap.VAULT_DIES, Moment.CONFIRMED)),
                new Step.Replay(Moment.REGISTER)))
        .containsExactly("SessionLost", "NotEntitled");
  }

  /** A signature that died with the vault says nothing of the record (H1). */
  @Test
  @Verifies({"AUT-7", "DIS-1~2"})
  void whoIsToldDisabledHasNoRecordLeft() {
    assertThat(
            seen(
                true,
                new Step.Disable(Who.PHONE, true, new Fate(Mishap.VAULT_DIES, Moment.STATUS)),
                new Step.Restore(PASSWORD, Lie.NONE, Fate.NONE)))
        .containsExactly("Disabled", "NotEnrolled");
  }

  /** Four stages that came to nothing have burnt a budget, and no record was lost with it. */
  @Test
  @Verifies("LIM-8~2")
  void whoNeverHadARecordEnrolsThoughAllItsStagesCameToNothing() {
    Step lost = new Step.Enrol(Who.PHONE, PASSWORD, new Fate(Mishap.REQUEST_LOST, Moment.STAGE));
    Step day = new Step.Wait(86_400);
    Step enrol = new Step.Enrol(Who.PHONE, PASSWORD, Fate.NONE);
    List<String> seen = seen(false, lost, lost, day, lost, lost, enrol, new Step.Wait(700), enrol);
    assertThat(seen.get(5)).startsWith("Locked");
    assertThat(seen.get(7)).isEqualTo("Enrolled");
  }
}
