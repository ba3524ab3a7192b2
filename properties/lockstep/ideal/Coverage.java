package lockstep.ideal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What schedules came to: a test that never locks an account says nothing of locks. */
final class Coverage {

  /** What is counted, once a schedule. */
  enum Event {
    LOCK,
    DESTRUCTION,
    VAULT_RESTART,
    PASSWORD_CHANGE,
    ROTATION,
    DEVICE_CRASH,
    LOST_MESSAGE,
    DOUBLED_MESSAGE,
    SUBSTITUTED_REPLY,
    LATE_MESSAGE,
    PROVIDER_ROLLBACK,
    PROVIDER_DAMAGE,
    RESTORE,
    ENROLMENT,
    DISABLE,
    CLOCK_SET_BACK,
    PARALLEL_SESSION_WINS,
    NOTICE
  }

  private final Map<Event, Integer> schedules = new EnumMap<>(Event.class);

  void count(Schedule schedule, List<String> seen) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      if (schedule.steps().size() > i) {
        events.addAll(ofStep(schedule.steps().get(i), Words.outcome(seen.get(i))));
      }
      events.addAll(ofOutcome(Words.outcome(seen.get(i))));
      addIf(events, Event.NOTICE, !Words.outcome(seen.get(i)).equals(seen.get(i)));
    }
    events.stream().distinct().forEach(event -> schedules.merge(event, 1, Integer::sum));
  }

  int of(Event event) {
    return schedules.getOrDefault(event, 0);
  }

  private static List<Event> ofOutcome(String seen) {
    List<Event> events = new ArrayList<>();
    addIf(events, Event.LOCK, seen.contains("Locked until"));
    addIf(events, Event.DESTRUCTION, seen.contains("Destroyed") || seen.contains("DESTROYED"));
    addIf(events, Event.PASSWORD_CHANGE, seen.equals("Changed"));
    addIf(events, Event.ROTATION, seen.equals("Rotated"));
    addIf(events, Event.DEVICE_CRASH, seen.equals("Crashed"));
    addIf(events, Event.LOST_MESSAGE, seen.equals("Unavailable") || seen.equals("OutcomeUnknown"));
    addIf(events, Event.SUBSTITUTED_REPLY, seen.equals("NotTrusted"));
    addIf(events, Event.PROVIDER_DAMAGE, seen.equals("DAMAGED"));
    addIf(events, Event.RESTORE, seen.startsWith("Restored"));
    addIf(events, Event.ENROLMENT, seen.startsWith("Enrolled"));
    addIf(events, Event.DISABLE, seen.equals("Disabled"));
    return events;
  }

  private static List<Event> ofStep(Step step, String seen) {
    List<Event> events = new ArrayList<>();
    Mishap mishap = step.fate().mishap();
    addIf(events, Event.VAULT_RESTART, step instanceof Step.VaultRestart);
    addIf(events, Event.DOUBLED_MESSAGE, mishap == Mishap.TWICE);
    addIf(
        events,
        Event.LATE_MESSAGE,
        step instanceof Step.Replay && !seen.equals("nothing was seen"));
    addIf(
        events,
        Event.PROVIDER_ROLLBACK,
        seen.equals("OLDER") || (seen.equals("NO_BACKUP") && step.isRollback()));
    addIf(events, Event.CLOCK_SET_BACK, step instanceof Step.Wait wait && wait.seconds() < 0);
    addIf(
        events,
        Event.PARALLEL_SESSION_WINS,
        step instanceof Step.FinishHeld && seen.equals("Released"));
    return events;
  }

  private static void addIf(List<Event> events, Event event, boolean happened) {
    if (happened) {
      events.add(event);
    }
  }

  @Override
  public String toString() {
    return schedules.toString();
  }
}
