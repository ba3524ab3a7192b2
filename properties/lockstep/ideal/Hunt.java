package lockstep.ideal;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import lockstep.ideal.Schedule.Budget;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/**
 * Looks for a schedule in which the system differs from the ideal one, makes it as simple as it
 * gets and tells its story; empty when there is none among so many.
 */
public final class Hunt implements Function<Integer, String> {

  private static final int GEN_SIZE = 1000;

  @Override
  public String apply(Integer schedules) {
    try (Duel duel = new Duel(List.of(Budget.SMALL))) {
      String[] story = {""};
      JqwikSession.run(() -> story[0] = hunt(duel, schedules, new Random(1)));
      return story[0];
    }
  }

  static String hunt(Duel duel, int schedules, Random random) {
    RandomGenerator<Schedule> generator =
        Schedules.under(List.of(Budget.SMALL)).generator(GEN_SIZE);
    for (int i = 0; i < schedules; i++) {
      Schedule drawn = generator.next(random).value();
      if (!duel.play(drawn).agrees()) {
        return duel.play(simplest(duel, drawn)).difference();
      }
    }
    return "";
  }

  private static Schedule simplest(Duel duel, Schedule found) {
    Schedule smallest = found;
    Optional<Schedule> smaller = Optional.of(found);
    while (smaller.isPresent()) {
      smallest = smaller.get();
      smaller = smallest.simpler().filter(one -> !duel.play(one).agrees()).findFirst();
    }
    return smallest;
  }
}
