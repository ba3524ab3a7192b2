package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import lockstep.oracle.RejectedAs;

/** The limiter's transition table: every step out of every state that steps lead to. */
final class LimiterTopic {

  private static final long WAIT_SECONDS = 60;
  private static final long NOW = 1_000_000;
  private static final String STATE = "state";
  private static final String TIME = "time";

  private final Draft draft;
  private final ObjectNode policy;
  private final Set<ObjectNode> met = new HashSet<>();
  private final Deque<ObjectNode> open = new ArrayDeque<>();
  private String charged = "";

  private LimiterTopic(Draft draft, int attempts, int rounds) {
    this.draft = draft;
    this.policy = Json.object("attempts", attempts, "rounds", rounds, "waitSeconds", WAIT_SECONDS);
  }

  static void limiter(Draft draft) {
    new LimiterTopic(draft, 2, 2).walk();
    new LimiterTopic(draft, 1, 1).walk();
    new LimiterTopic(draft, 3, 1).walk();
    LimiterTopic standard = new LimiterTopic(draft, 5, 2);
    standard.walk();
    standard.noStates();
  }

  private void walk() {
    meet(state(0, 1, "open", 0));
    while (!open.isEmpty()) {
      ObjectNode state = open.remove();
      String phase = state.get("phase").textValue();
      charge(state, phase);
      step("LIM-10", "a success", "limiter.succeed", input(state));
      step("LIM-8", "the end", "limiter.destroy", input(state));
      for (boolean live : new boolean[] {true, false}) {
        for (boolean locked : new boolean[] {true, false}) {
          ObjectNode given = Json.object("serial", live ? 0 : 1, "locked", locked);
          draft.valid(
              "STG-8",
              "a charge is given back: " + (live ? "live" : "of before") + lockedText(locked),
              "limiter.giveBack",
              Json.with(input(state), "charge", given));
        }
      }
    }
  }

  private static String lockedText(boolean locked) {
    return locked ? ", it locked" : ", it did not lock";
  }

  private void charge(ObjectNode state, String phase) {
    long lockedUntil = state.get("lockedUntil").longValue();
    if (phase.equals("open")) {
      charged = step("LIM-3 LIM-7", "a charge", "limiter.charge", at(state, NOW));
    } else if (phase.equals("locked")) {
      String after =
          step("LIM-6", "a charge when the lock ends", "limiter.charge", at(state, lockedUntil));
      draft.negative(
          after,
          "LIM-5",
          RejectedAs.LOCKED,
          Mutation.set(TIME, lockedUntil - 1, "a millisecond too early"),
          "the wait is not whole");
      draft.negative(
          after,
          "LIM-5",
          RejectedAs.LOCKED,
          Mutation.set(TIME, 0, "the clock set back"),
          "a clock set back shortens the wait");
    } else {
      draft.negative(
          charged,
          phase.equals("final") ? "LIM-7" : "LIM-8",
          phase.equals("final") ? RejectedAs.LOCKED : RejectedAs.DESTROYED,
          Mutation.set(STATE, state, "the phase " + phase),
          "one attempt more than the policy has");
    }
  }

  private String step(String clauses, String comment, String op, ObjectNode input) {
    meet((ObjectNode) draft.result(op, input).get(STATE));
    String from = input.get(STATE).get("phase").textValue();
    return draft.valid(clauses, comment + ", from " + from, op, input);
  }

  /** A state is walked once; the serial only tells charges apart. */
  private void meet(ObjectNode state) {
    ObjectNode place =
        state(
            state.get("charges").intValue(),
            state.get("round").intValue(),
            state.get("phase").textValue(),
            state.get("lockedUntil").longValue());
    if (met.add(place)) {
      open.add(place);
    }
  }

  private void noStates() {
    String valid =
        draft.valid(
            "LIM-1", "the default policy", "limiter.charge", at(state(4, 1, "open", 0), NOW));
    Object[][] policies = {
      {"attempts", 0},
      {"attempts", 1001},
      {"rounds", 0},
      {"rounds", 101},
      {"waitSeconds", 0},
      {"waitSeconds", 31_536_001}
    };
    for (Object[] one : policies) {
      draft.negative(
          valid,
          "LIM-1",
          RejectedAs.MALFORMED,
          Mutation.set("policy." + one[0], one[1], "out of bounds"),
          "a policy out of bounds: " + one[0] + " " + one[1]);
    }
    Object[][] states = {
      {"charges", 5}, {"round", 0}, {"round", 3}, {"lockedUntil", 5}, {"phase", "sleeping"}
    };
    for (Object[] one : states) {
      draft.negative(
          valid,
          "ATR-5",
          RejectedAs.MALFORMED,
          Mutation.set("state." + one[0], one[1], "not reached by steps"),
          "a stored state that no steps lead to: " + one[0] + " " + one[1]);
    }
  }

  private ObjectNode at(ObjectNode state, long time) {
    return Json.with(input(state), TIME, time);
  }

  private ObjectNode input(ObjectNode state) {
    return Json.object("policy", policy, STATE, state);
  }

  private static ObjectNode state(int charges, int round, String phase, long lockedUntil) {
    return Json.object(
        "charges", charges,
        "round", round,
        "phase", phase,
        "lockedUntil", lockedUntil,
        "serial", 0);
  }
}
