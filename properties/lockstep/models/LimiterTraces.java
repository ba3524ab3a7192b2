package lockstep.models;

import static lockstep.models.ModelVectors.object;
import static lockstep.models.ModelVectors.rejected;
import static lockstep.models.ModelVectors.result;
import static lockstep.models.ModelVectors.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The transition table of {@code limiter.als} as requests of the oracle's {@code limiter.*}. */
final class LimiterTraces {

  private static final long TICK_MILLIS = 1000;
  private static final int WAIT_TICKS = 2;
  private static final long SERIAL = 7;
  private static final Map<String, String> OPS =
      Map.of(
          "Charge", "limiter.charge",
          "ChargeForStage", "limiter.charge",
          "Refuse", "limiter.charge",
          "Success", "limiter.succeed",
          "GiveBack", "limiter.giveBack",
          "Destroy", "limiter.destroy");
  private static final Map<String, String> CLAUSES =
      Map.of(
          "limiter.charge", "LIM-3 LIM-5 LIM-6 LIM-7",
          "limiter.succeed", "LIM-4 LIM-10",
          "limiter.giveBack", "STG-8",
          "limiter.destroy", "LIM-8");

  private LimiterTraces() {}

  /** One test a policy and operation, in an order that does not depend on the solver's. */
  static ModelVectors vectors(List<List<Map<String, String>>> table) {
    Map<String, Set<String>> seen = new TreeMap<>();
    Map<String, List<ObjectNode>> groups = new TreeMap<>();
    for (List<Map<String, String>> pair : table) {
      String op = OPS.get(pair.get(1).get("did"));
      if (op != null) {
        Map<String, String> before = pair.get(0);
        String group =
            op + " " + number(before, "attempts") + " attempts, " + number(before, "rounds");
        ObjectNode step = step(op, input(op, before), expected(op, pair.get(1), before));
        if (seen.computeIfAbsent(group, key -> new LinkedHashSet<>()).add(step.toString())) {
          groups.computeIfAbsent(group, key -> new ArrayList<>()).add(step);
        }
      }
    }
    ModelVectors vectors = new ModelVectors("model-limiter");
    groups.forEach(
        (group, steps) -> {
          steps.sort((a, b) -> a.toString().compareTo(b.toString()));
          String clauses = CLAUSES.get(group.substring(0, group.indexOf(' ')));
          vectors.add(clauses, "every transition of limiter.als: " + group + " rounds", steps);
        });
    return vectors;
  }

  private static ObjectNode input(String op, Map<String, String> before) {
    ObjectNode input = object();
    input
        .putObject("policy")
        .put("attempts", number(before, "attempts"))
        .put("rounds", number(before, "rounds"))
        .put("waitSeconds", WAIT_TICKS * TICK_MILLIS / 1000);
    input.set("state", state(before).put("serial", SERIAL));
    if (op.equals("limiter.charge")) {
      input.put("time", time(before, "clock"));
    }
    if (op.equals("limiter.giveBack")) {
      input
          .putObject("charge")
          .put("serial", before.containsKey("live") ? SERIAL : SERIAL - 1)
          .put("locked", before.containsKey("locks"));
    }
    return input;
  }

  private static ObjectNode expected(
      String op, Map<String, String> after, Map<String, String> before) {
    if (after.get("did").equals("Refuse")) {
      return rejected(before.get("phase").equals("Destroyed") ? "Destroyed" : "Locked");
    }
    ObjectNode expected = object().set("state", state(after));
    if (op.equals("limiter.charge")) {
      boolean locks = !after.get("phase").equals("Open");
      expected.putObject("charge").put("locked", locks);
    }
    return result(expected);
  }

  /** What the model tells; a round's serial number is Java's alone. */
  private static ObjectNode state(Map<String, String> state) {
    return object()
        .put("charges", number(state, "charges"))
        .put("round", number(state, "round"))
        .put("phase", state.get("phase").toLowerCase(Locale.ROOT))
        .put("lockedUntil", state.containsKey("lockEnd") ? time(state, "lockEnd") : 0);
  }

  private static int number(Map<String, String> state, String field) {
    String digits = state.get(field).replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private static long time(Map<String, String> state, String field) {
    return (number(state, field) + 1) * TICK_MILLIS;
  }
}
