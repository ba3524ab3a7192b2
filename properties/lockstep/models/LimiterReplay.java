package lockstep.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import lockstep.kernel.LimiterDecision;
import lockstep.vault.machine.AttemptLimiter;
import lockstep.vault.machine.AttemptLimiter.Charge;
import lockstep.vault.machine.AttemptLimiter.Charged;
import lockstep.vault.machine.AttemptLimiter.Phase;
import lockstep.vault.machine.AttemptPolicy;

/**
 * Replays traces of {@code limiter.als} on {@link AttemptLimiter}. It takes and gives plain JDK
 * types, so that it can be loaded beside faulty classes.
 */
public final class LimiterReplay implements Function<List<List<Map<String, String>>>, String> {

  private static final long TICK = 1000L;
  private static final long WAIT_TICKS = 2;
  private static final long SERIAL = 7;

  private AttemptLimiter limiter = AttemptLimiter.full(AttemptPolicy.STANDARD, 0);
  private Optional<Charge> held = Optional.empty();
  private long clock;

  /** The first state in which the Java differs from the model; empty if there is none. */
  @Override
  public String apply(List<List<Map<String, String>>> traces) {
    for (List<Map<String, String>> trace : traces) {
      String mismatch = replay(trace);
      if (!mismatch.isEmpty()) {
        return mismatch;
      }
    }
    return "";
  }

  private String replay(List<Map<String, String>> trace) {
    try {
      load(trace.get(0));
      for (int i = 1; i < trace.size(); i++) {
        Map<String, String> expected = trace.get(i);
        String refusal = act(expected);
        Map<String, String> found = project();
        Map<String, String> model = new TreeMap<>(expected);
        model.keySet().retainAll(PROJECTED);
        if (!refusal.isEmpty() || !found.equals(model)) {
          return expected.get("did") + " in step " + i + ": " + refusal + found + " for " + model;
        }
      }
      return "";
    } catch (RuntimeException e) {
      return "threw " + e;
    }
  }

  private static final List<String> PROJECTED =
      List.of(
          "attempts",
          "rounds",
          "charges",
          "round",
          "phase",
          "lockEnd",
          "clock",
          "held",
          "live",
          "locks");

  private void load(Map<String, String> state) {
    AttemptPolicy policy = policy(state);
    limiter =
        new AttemptLimiter(
            policy,
            number(state, "charges"),
            number(state, "round"),
            Phase.valueOf(state.get("phase").toUpperCase(java.util.Locale.ROOT)),
            state.containsKey("lockEnd") ? time(state, "lockEnd") : 0,
            SERIAL);
    clock = time(state, "clock");
    long serial = state.containsKey("live") ? SERIAL : SERIAL - 1;
    held =
        state.containsKey("held")
            ? Optional.of(new Charge(serial, state.containsKey("locks")))
            : Optional.empty();
  }

  /** Acts, and says what was wrong with the answer. */
  private String act(Map<String, String> expected) {
    switch (expected.get("did")) {
      case "Wait" -> clock = LimiterDecision.observe(clock, time(expected, "at"));
      case "Charge" -> {
        return charge(false, true);
      }
      case "ChargeForStage" -> {
        return charge(true, true);
      }
      case "Refuse" -> {
        return charge(false, false);
      }
      case "Success" -> limiter = limiter.succeed();
      case "GiveBack" -> {
        limiter = limiter.giveBack(held.orElseThrow());
        held = Optional.empty();
      }
      case "Destroy" -> {
        limiter = limiter.destroy();
        held = Optional.empty();
      }
      case "NewEpoch" -> {
        limiter = AttemptLimiter.full(policy(expected), limiter.serial() + 1);
        held = Optional.empty();
      }
      default -> throw new IllegalArgumentException(expected.get("did"));
    }
    return "";
  }

  private String charge(boolean forStage, boolean taken) {
    Optional<Charged> charged = limiter.charge(clock);
    charged.ifPresent(
        one -> {
          limiter = one.limiter();
          held = forStage ? Optional.of(one.charge()) : held;
        });
    return charged.isPresent() == taken ? "" : "charged is " + charged.isPresent() + " ";
  }

  private Map<String, String> project() {
    Map<String, String> state = new TreeMap<>();
    state.put("attempts", atom("Num", limiter.policy().attempts()));
    state.put("rounds", atom("Num", limiter.policy().rounds()));
    state.put("charges", atom("Num", limiter.charges()));
    state.put("round", atom("Num", limiter.round()));
    String phase = limiter.phase().name();
    state.put("phase", phase.charAt(0) + phase.substring(1).toLowerCase(java.util.Locale.ROOT));
    state.put("clock", tick(clock));
    if (limiter.lockedUntil() != 0) {
      state.put("lockEnd", tick(limiter.lockedUntil()));
    }
    held.ifPresent(
        charge -> {
          state.put("held", "Yes");
          if (charge.serial() == limiter.serial()) {
            state.put("live", "Yes");
          }
          if (charge.locked()) {
            state.put("locks", "Yes");
          }
        });
    int left = limiter.phase() == Phase.OPEN ? limiter.policy().attempts() - limiter.charges() : 0;
    if (limiter.attemptsRemaining() != left) {
      state.put("attemptsRemaining", String.valueOf(limiter.attemptsRemaining()));
    }
    return state;
  }

  private static AttemptPolicy policy(Map<String, String> state) {
    return new AttemptPolicy(number(state, "attempts"), number(state, "rounds"), WAIT_TICKS * TICK);
  }

  private static int number(Map<String, String> state, String field) {
    String digits = state.get(field).replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private static long time(Map<String, String> state, String field) {
    return (number(state, field) + 1) * TICK;
  }

  private static String tick(long time) {
    return time % TICK == 0 ? atom("Time", time / TICK - 1) : "at " + time;
  }

  private static String atom(String sig, long number) {
    return number == 0 ? sig : sig + number;
  }
}
