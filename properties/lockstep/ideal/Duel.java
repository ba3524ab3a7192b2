package lockstep.ideal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lockstep.ideal.Schedule.Budget;

/** Plays a schedule with the trusted party and with the product, and compares what is seen. */
final class Duel implements AutoCloseable {

  /**
   * A vault counts every account that it has when it starts and when another process wrote; one for
   * all schedules would spend most of its time on accounts of those that are over.
   */
  private static final int SCHEDULES_A_SITE = 200;

  private final Map<Budget, Place> places = new EnumMap<>(Budget.class);

  Duel(List<Budget> budgets) {
    budgets.forEach(budget -> places.put(budget, new Place(budget)));
  }

  /** A vault, and what all disks held once somebody had enrolled there. */
  private static final class Place implements AutoCloseable {

    private final RealSite site;
    private final RealWorld.Image image;
    private int begun;

    Place(Budget budget) {
      site = new RealSite(budget.policy());
      RealWorld world = RealWorld.empty(site);
      Schedule.BEFORE.forEach(world::play);
      image = world.image();
    }

    RealWorld begin(boolean enrolled) {
      begun++;
      return enrolled ? RealWorld.from(image) : RealWorld.empty(site);
    }

    @Override
    public void close() {
      site.close();
    }
  }

  /** What was seen at each step, by both; and how the two differ, if they do. */
  record Outcome(List<String> seen, String difference) {

    boolean agrees() {
      return difference.isEmpty();
    }
  }

  Outcome play(Schedule schedule) {
    List<String> seen = new ArrayList<>();
    StringBuilder story = new StringBuilder("\n").append(schedule.beginning()).append('\n');
    IdealBackup<String> account = schedule.budget().ideal();
    IdealWorld ideal = schedule.enrolled() ? IdealWorld.backedUp(account) : new IdealWorld(account);
    try (RealWorld real = begin(schedule)) {
      for (Step step : schedule.steps()) {
        String expected = ideal.play(step);
        String found = play(real, step);
        seen.add(expected);
        story.append(seen.size()).append(". ").append(step.text()).append('.');
        if (!expected.equals(found)) {
          story.append("\n   The trusted party says: ").append(expected);
          story.append("\n   The system says:        ").append(found).append('\n');
          return new Outcome(seen, story.toString());
        }
        story.append(found.isEmpty() ? "" : " Both say: " + found + ".").append('\n');
      }
      String expected = ideal.standing();
      String found = real.standing();
      if (!expected.equals(found)) {
        story.append("In the end the trusted party's account stands: ").append(expected);
        story.append("\nand the vault's:                              ").append(found).append('\n');
        return new Outcome(seen, story.toString());
      }
      return new Outcome(seen, leak(real, story));
    }
  }

  /** A system that breaks down has said something else than the ideal one. */
  private static String play(RealWorld real, Step step) {
    try {
      return real.play(step);
    } catch (RuntimeException breakdown) {
      return "breaks down with " + breakdown;
    }
  }

  /** Nobody but the devices learns a password, a message or a key. */
  private static String leak(RealWorld real, StringBuilder story) {
    String known = real.whatTheyHaveSeen();
    List<String> secrets = new ArrayList<>(Schedules.PASSWORDS);
    secrets.add("message ");
    real.rootKeys().forEach(key -> secrets.add(new String(key, StandardCharsets.ISO_8859_1)));
    boolean leaks = secrets.stream().anyMatch(known::contains);
    return leaks ? story + "and network or provider have seen a secret in clear.\n" : "";
  }

  private RealWorld begin(Schedule schedule) {
    Budget budget = schedule.budget();
    Place place = places.get(budget);
    if (place.begun == SCHEDULES_A_SITE) {
      place.close();
      place = new Place(budget);
      places.put(budget, place);
    }
    return place.begin(schedule.enrolled());
  }

  @Override
  public void close() {
    places.values().forEach(Place::close);
  }
}
