package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;

/**
 * A walk of the attempt limiter from a full budget: charges early, at and after the end of a lock,
 * successes, charges given back once and too late, and destruction.
 */
@Implements("CNF-6")
final class LimiterSchedule {

  private static final int STEPS = 40;
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final List<String> CLAUSES =
      List.of("LIM-3~1", "LIM-5~1", "LIM-6~1", "LIM-7~2", "LIM-10~1", "STG-8~1");

  private final SeededDraws draws;
  private final ReferenceTestee reference = new ReferenceTestee();
  private final List<Step> steps = new ArrayList<>();
  private final ObjectNode policy = object();
  private JsonNode state;
  private JsonNode charge = object().put("serial", 0).put("locked", false);
  private long time = START_MILLIS;

  private LimiterSchedule(SeededDraws draws) {
    this.draws = draws;
    policy.put("attempts", draws.oneIn(3) ? 5 : 1 + draws.below(4));
    policy.put("rounds", 1 + draws.below(3));
    policy.put("waitSeconds", draws.of(List.of(1, 60, 86_400)));
    state =
        object()
            .put("charges", 0)
            .put("round", 1)
            .put("phase", "open")
            .put("lockedUntil", 0)
            .put("serial", draws.below(3));
  }

  static TestCase draw(String id, SeededDraws draws) {
    LimiterSchedule schedule = new LimiterSchedule(draws);
    for (int i = 0; i < STEPS; i++) {
      schedule.step();
    }
    return new TestCase(
        id,
        "limiter",
        CLAUSES,
        false,
        "A drawn walk of the limiter; each step's state is the reference's.",
        schedule.steps,
        object());
  }

  private void step() {
    switch (draws.below(12)) {
      case 0 -> ask("limiter.succeed", input());
      case 1, 2 -> ask("limiter.giveBack", input().set("charge", charge));
      case 3 -> {
        if (draws.oneIn(4)) {
          ask("limiter.destroy", input());
        }
      }
      default -> {
        time = nextTime();
        ask("limiter.charge", input().put("time", time));
      }
    }
  }

  // Just before, at and after the end of a lock is where a limiter goes wrong.
  private long nextTime() {
    long lockedUntil = state.path("lockedUntil").asLong();
    if (lockedUntil > 0 && draws.oneIn(2)) {
      return Math.max(time, lockedUntil + draws.below(3) - 1);
    }
    return time + draws.of(List.of(0, 1, 999, 60_000, 3_600_000));
  }

  private ObjectNode input() {
    ObjectNode input = object();
    input.set("policy", policy);
    input.set("state", state);
    return input;
  }

  private void ask(String op, JsonNode input) {
    Answer answer = reference.answer(op, input);
    steps.add(new Step(op, input, answer.toJson()));
    if (answer instanceof Answer.Result result) {
      state = result.value().path("state");
      if (result.value().has("charge")) {
        charge = result.value().get("charge");
      }
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
