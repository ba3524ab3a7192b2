package lockstep.models;

import static lockstep.models.ModelVectors.object;
import static lockstep.models.ModelVectors.rejected;
import static lockstep.models.ModelVectors.result;
import static lockstep.models.ModelVectors.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Traces of {@code machine.als} as requests to a vault's session. The oracle numbers its attempts,
 * and every request that could make one takes a number.
 */
final class MachineTraces {

  /** The actions that every limiter has; the others are a whole vault's. */
  static final Set<String> LIMITER =
      Set.of("Attempt", "LoginRight", "LoginWrong", "LoginAbandon", "Minute", "TenMinutes", "Day");

  private static final long MINUTE = 60_000;
  private static final long DAY = 86_400_000;
  private static final int ATTEMPTS = 2;
  private static final int ROUNDS = 2;
  private static final int IDS_OF_A_REGISTRATION = 2;
  private static final Map<String, String> STANDINGS =
      Map.of("Nothing", "none", "Active", "active", "Tomb", "destroyed");
  private static final Map<String, String> REFUSALS =
      Map.of(
          "SaysLocked", "Locked",
          "SaysDestroyed", "Destroyed",
          "NotEnrolled", "NotEnrolled",
          "WrongProof", "WrongProof",
          "SessionUnknown", "SessionUnknown",
          "Refused", "Refused");
  private static final Set<String> CONFLICTS = Set.of("NoSuchStage", "AlreadyConfirmed");

  private final String session;
  private final List<ObjectNode> steps = new ArrayList<>();
  private long now = 1_634_169_600_000L;
  private long lockedUntil;
  private long generation;
  private final Numbers numbers = new Numbers();
  private ObjectNode seen = object();

  /** Which attempts are whose. */
  static final class Numbers {
    private long last;
    private long login;
    private long confirming;
  }

  private MachineTraces(String session) {
    this.session = session;
    ObjectNode input = in().put("now", now);
    input
        .putObject("policy")
        .put("attempts", ATTEMPTS)
        .put("rounds", ROUNDS)
        .put("waitSeconds", DAY / 1000);
    steps.add(step("vault.new", input, result(object())));
  }

  /** The requests of a trace whose first state is a vault that was never asked anything. */
  static List<ObjectNode> ofVault(String session, List<Map<String, String>> trace) {
    return new MachineTraces(session).replayed(trace);
  }

  /** The requests of a trace of {@link #LIMITER}'s actions whose first state is a new record. */
  static List<ObjectNode> ofLimiter(String session, List<Map<String, String>> trace) {
    MachineTraces traces = new MachineTraces(session);
    traces.steps.add(step("register", traces.account(), result(object())));
    traces.numbers.last = IDS_OF_A_REGISTRATION;
    return traces.replayed(trace);
  }

  private List<ObjectNode> replayed(List<Map<String, String>> trace) {
    for (int i = 1; i < trace.size(); i++) {
      act(trace.get(i - 1), trace.get(i));
      observe(trace.get(i));
    }
    steps.add(step("vault.close", in(), result(object())));
    return steps;
  }

  private void act(Map<String, String> before, Map<String, String> after) {
    switch (after.get("did")) {
      case "Attempt" -> numbers.login = asked("attempt", account(), after, numbers.login);
      case "LoginRight" -> finish(numbers.login, true, after);
      case "LoginWrong" -> finish(numbers.login, false, after);
      case "LoginAbandon" -> ask("abandon", with(in(), numbers.login), after);
      case "Register" -> register(before, after);
      case "RegisterAgain" -> {
        numbers.last++;
        ask("stage.reserve", authorised(staged(generation), before, 0), after);
      }
      case "Stage" -> ask("stage.record", staged(generation), after);
      case "Confirm" ->
          numbers.confirming =
              asked("stage.confirm", staged(generation), after, numbers.confirming);
      case "ConfirmRight" -> finish(numbers.confirming, true, after);
      case "ConfirmWrong" -> finish(numbers.confirming, false, after);
      case "Activate" -> ask("stage.activate", with(staged(generation), numbers.confirming), after);
      case "Disable" -> ask("disable", account().put("authority", "signature"), after);
      case "Minute" -> pass(MINUTE);
      case "TenMinutes" -> pass(10 * MINUTE);
      case "Day" -> pass(DAY);
      default -> throw new IllegalArgumentException(after.get("did"));
    }
    if (after.get("phase").equals("Locked") && !before.get("phase").equals("Locked")) {
      lockedUntil = now + DAY;
    }
  }

  private void register(Map<String, String> before, Map<String, String> after) {
    numbers.last++;
    ask("stage.reserve", authorised(staged(generation + 1), before, numbers.login), after);
    if (after.get("reply").equals("SaysReserved")) {
      generation++;
    }
  }

  /** Asks for an evaluation; the number of the attempt that counts from then on. */
  private long asked(String op, ObjectNode input, Map<String, String> after, long otherwise) {
    numbers.last++;
    boolean permitted = after.get("reply").equals("Permit");
    ObjectNode expected = permitted ? result(permit(after)) : expected(after);
    steps.add(step(op, input, expected));
    return permitted ? numbers.last : otherwise;
  }

  private ObjectNode permit(Map<String, String> after) {
    boolean open = after.get("phase").equals("Open");
    return with(
        object().put("attemptsRemaining", open ? ATTEMPTS - number(after, "charges") : 0),
        numbers.last);
  }

  private void finish(long attempt, boolean verified, Map<String, String> after) {
    ask("finish", with(in(), attempt).put("verified", verified), after);
  }

  private void ask(String op, ObjectNode input, Map<String, String> after) {
    steps.add(step(op, input, expected(after)));
  }

  private void pass(long millis) {
    now += millis;
    steps.add(step("advance", in().put("millis", millis), result(object().put("now", now))));
  }

  private static ObjectNode expected(Map<String, String> after) {
    String reply = after.get("reply");
    if (REFUSALS.containsKey(reply)) {
      return rejected(REFUSALS.get(reply));
    }
    if (!CONFLICTS.contains(reply)) {
      return result(object());
    }
    ObjectNode conflict = rejected("Conflict");
    String reason = reply.substring(0, 1).toLowerCase(Locale.ROOT) + reply.substring(1);
    conflict.putObject("detail").put("reason", reason);
    return conflict;
  }

  /** Looks, if the model says that there is something new to see. */
  private void observe(Map<String, String> state) {
    ObjectNode fields =
        object()
            .put("record", STANDINGS.get(state.get("standing")))
            .put("charges", number(state, "charges"))
            .put("round", number(state, "round"));
    boolean locked = state.get("phase").equals("Locked");
    if (locked && !state.containsKey("over")) {
      fields.put("lockedUntil", lockedUntil);
    } else if (state.get("phase").equals("Open")) {
      fields.put("lockedUntil", 0);
    }
    if (!fields.equals(seen)) {
      seen = fields;
      steps.add(step("observe", account(), result(fields)));
    }
  }

  /** Who may register, as the account stands: STG-2. */
  private static ObjectNode authorised(ObjectNode input, Map<String, String> before, long login) {
    return switch (before.get("standing")) {
      case "Active" -> with(input.put("authority", "session"), login);
      case "Tomb" -> input.put("authority", "signature");
      default -> input;
    };
  }

  private ObjectNode in() {
    return object().put("session", session);
  }

  private ObjectNode account() {
    return in().put("account", "alice");
  }

  private ObjectNode staged(long number) {
    return account().put("generation", number);
  }

  private static ObjectNode with(ObjectNode input, long attempt) {
    return input.put("attempt", String.format(Locale.ROOT, "%032x", attempt));
  }

  private static int number(Map<String, String> state, String field) {
    String digits = state.get(field).replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
