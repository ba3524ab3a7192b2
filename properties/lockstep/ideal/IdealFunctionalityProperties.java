package lockstep.ideal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lockstep.ideal.Coverage.Event;
import lockstep.ideal.Schedule.Budget;
import lockstep.spec.Verifies;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * The real system, real disks and real OPAQUE included, held against {@link IdealBackup}: whatever
 * an adversary does with network, provider, clock and accounts, everybody sees what a trusted party
 * would have them see. A schedule that tells the two apart is reported as a numbered story.
 */
class IdealFunctionalityProperties {

  private static final int SCHEDULES = 10_000;
  private static final int ENOUGH_TO_COUNT = 10_000;
  private static final int HUNDREDS = 200;

  private final Duel duel = new Duel(List.of(Budget.SMALL, Budget.ONE_ROUND, Budget.STANDARD));
  private final Coverage coverage = new Coverage();
  private int played;

  @Provide
  Arbitrary<Schedule> schedules() {
    return Schedules.under(List.of(Budget.SMALL, Budget.ONE_ROUND, Budget.STANDARD));
  }

  @Property(tries = SCHEDULES, edgeCases = EdgeCasesMode.NONE)
  @AddLifecycleHook(LongerRun.class)
  @Verifies({
    "LIM-3", "LIM-5", "LIM-6", "LIM-8~2", "LIM-9", "LIM-10", "LIM-12", "LIM-14",
    "SES-3", "SES-5", "STG-8", "STG-10", "LEA-1", "MRK-1", "RST-6~2", "CHG-2",
    "ROT-2"
  })
  void everybodySeesWhatATrustedPartyWouldShow(@ForAll("schedules") Schedule schedule) {
    Duel.Outcome outcome = duel.play(schedule);
    assertThat(outcome.difference()).isEmpty();
    coverage.count(schedule, outcome.seen());
    played++;
  }

  @AfterProperty
  void everythingHappenedHundredsOfTimes() {
    duel.close();
    if (played < ENOUGH_TO_COUNT) {
      return;
    }
    System.out.println("schedules " + played + ": " + coverage);
    for (Event event : Event.values()) {
      assertThat(coverage.of(event)).as(event.name()).isGreaterThanOrEqualTo(HUNDREDS);
    }
  }
}
