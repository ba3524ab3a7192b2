package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lockstep.vault.machine.AttemptLimiter;
import lockstep.vault.machine.AttemptLimiter.Charge;
import lockstep.vault.machine.AttemptLimiter.Charged;
import lockstep.vault.machine.AttemptLimiter.Phase;
import lockstep.vault.machine.AttemptPolicy;

/** The attempt limiter as a table: a state and an event give the state after it. */
final class LimiterOperations {

  private static final long MILLIS = 1000;

  private LimiterOperations() {}

  static Map<String, Operation> table() {
    return Map.of(
        "limiter.charge",
        LimiterOperations::charge,
        "limiter.succeed",
        input -> json(limiter(input).succeed()),
        "limiter.giveBack",
        LimiterOperations::giveBack,
        "limiter.destroy",
        input -> json(limiter(input).destroy()));
  }

  private static ObjectNode charge(Fields input) {
    AttemptLimiter before = limiter(input);
    Optional<Charged> charged = before.charge(input.u64("time"));
    if (charged.isEmpty()) {
      throw before.phase() == Phase.DESTROYED
          ? Unanswerable.rejected(RejectedAs.DESTROYED)
          : Unanswerable.rejected(
              RejectedAs.LOCKED, Fields.empty().put("until", before.lockedUntil()));
    }
    ObjectNode result = json(charged.get().limiter());
    result
        .putObject("charge")
        .put("serial", charged.get().charge().serial())
        .put("locked", charged.get().charge().locked());
    return result;
  }

  private static ObjectNode giveBack(Fields input) {
    Fields charge = input.object("charge");
    return json(limiter(input).giveBack(new Charge(charge.u64("serial"), charge.flag("locked"))));
  }

  private static AttemptLimiter limiter(Fields input) {
    AttemptPolicy policy = policy(input.object("policy"), RejectedAs.MALFORMED);
    Fields state = input.object("state");
    String phase = state.text("phase");
    try {
      return new AttemptLimiter(
          policy,
          state.u32("charges"),
          state.u32("round"),
          Arrays.stream(Phase.values())
              .filter(one -> text(one).equals(phase))
              .findFirst()
              .orElseThrow(Unanswerable::malformed),
          state.u64("lockedUntil"),
          state.number("serial", 0, Long.MAX_VALUE - 1, 0));
    } catch (IllegalArgumentException noState) {
      throw Unanswerable.malformed();
    }
  }

  /** A policy of a request, its wait in seconds or milliseconds. */
  static AttemptPolicy policy(Fields policy, RejectedAs outOfBounds) {
    long most = Integer.MAX_VALUE;
    return AttemptPolicy.of(
            (int) policy.number("attempts", -most, most),
            (int) policy.number("rounds", -most, most),
            policy.has("waitMillis")
                ? policy.number("waitMillis", Long.MIN_VALUE, Long.MAX_VALUE)
                : policy.number("waitSeconds", -most, most) * MILLIS)
        .orElseThrow(() -> Unanswerable.rejected(outOfBounds));
  }

  static ObjectNode json(AttemptPolicy policy) {
    return Fields.empty()
        .put("attempts", policy.attempts())
        .put("rounds", policy.rounds())
        .put("waitSeconds", policy.waitMillis() / MILLIS);
  }

  private static ObjectNode json(AttemptLimiter limiter) {
    ObjectNode result = Fields.empty();
    result
        .putObject("state")
        .put("charges", limiter.charges())
        .put("round", limiter.round())
        .put("phase", text(limiter.phase()))
        .put("lockedUntil", limiter.lockedUntil())
        .put("serial", limiter.serial());
    return result.put("attemptsRemaining", limiter.attemptsRemaining());
  }

  private static String text(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }
}
