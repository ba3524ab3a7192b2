package lockstep.ideal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lockstep.vault.machine.AttemptPolicy;

/**
 * What an adversary, a clock and a user do, one after the other.
 *
 * @param enrolled whether it begins with an enrolled phone that has made a backup
 */
record Schedule(Budget budget, boolean enrolled, List<Step> steps) {

  /** The password that the enrolled phone was enabled with. */
  static final String FIRST_PASSWORD = "correct horse";

  /** Policies to play under. */
  enum Budget {
    ONE_ROUND(1, 1),
    SMALL(2, 2),
    STANDARD(5, 2);

    static final long WAIT_MILLIS = 3_600_000;

    final int attempts;
    final int rounds;

    Budget(int attempts, int rounds) {
      this.attempts = attempts;
      this.rounds = rounds;
    }

    AttemptPolicy policy() {
      return AttemptPolicy.of(attempts, rounds, WAIT_MILLIS).orElseThrow();
    }

    IdealBackup<String> ideal() {
      return new IdealBackup<>(attempts, rounds, WAIT_MILLIS);
    }
  }

  /** What both begin with. */
  static final List<Step> BEFORE =
      List.of(
          new Step.Enrol(Step.Who.PHONE, FIRST_PASSWORD, Step.Fate.NONE),
          new Step.BackUp(Step.Who.PHONE, Step.Fate.NONE));

  /** The same without one step, or without one mishap. */
  Stream<Schedule> simpler() {
    Stream<Schedule> shorter =
        IntStream.range(0, steps.size())
            .mapToObj(
                i -> {
                  List<Step> rest = new ArrayList<>(steps);
                  rest.remove(i);
                  return new Schedule(budget, enrolled, rest);
                });
    Stream<Schedule> calmer =
        IntStream.range(0, steps.size())
            .filter(i -> !steps.get(i).calm().equals(steps.get(i)))
            .mapToObj(
                i -> {
                  List<Step> others = new ArrayList<>(steps);
                  others.set(i, steps.get(i).calm());
                  return new Schedule(budget, enrolled, others);
                });
    return Stream.concat(shorter, calmer);
  }

  String beginning() {
    return "The vault allows "
        + budget.attempts
        + " attempts a round and "
        + budget.rounds
        + " rounds; "
        + (enrolled
            ? "the phone is enabled with " + FIRST_PASSWORD + " and has backed up message 1."
            : "nobody has enrolled.");
  }
}
