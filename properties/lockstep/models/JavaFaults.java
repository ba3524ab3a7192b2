package lockstep.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lockstep.models.FaultyJava.Fault;

/** Faults that an auditor might fear in the limiter and the machine; each must fail a replay. */
final class JavaFaults {

  private static final String DECISION = "lockstep.kernel.LimiterDecision";
  private static final String LIMITER_VALUE = "lockstep.vault.machine.AttemptLimiter";

  private JavaFaults() {}

  /** Faults of the limiter. */
  static final List<Fault> LIMITER =
      List.of(
          decision(
              "a lock ends one tick of the clock late",
              "if (phase == LOCKED && lockedUntil <= time) {",
              "if (phase == LOCKED && lockedUntil < time) {"),
          decision(
              "locked attempts are charged",
              "if (phase == LOCKED && lockedUntil <= time) {",
              "if (phase == LOCKED) {"),
          decision(
              "a new round keeps its charges",
              "      charges = 0;\n"
                  + "      phase = OPEN;\n"
                  + "      lockedUntil = 0;\n"
                  + "      serial = serial + 1;\n"
                  + "    }\n"
                  + "    if (phase != OPEN)",
              "      charges = attempts - 1;\n"
                  + "      phase = OPEN;\n"
                  + "      lockedUntil = 0;\n"
                  + "      serial = serial + 1;\n"
                  + "    }\n"
                  + "    if (phase != OPEN)"),
          decision("rounds are not counted", "round = round + 1;", "round = round;"),
          decision(
              "a charge outlives its round",
              "      lockedUntil = 0;\n      serial = serial + 1;\n    }\n    if (phase != OPEN)",
              "      lockedUntil = 0;\n    }\n    if (phase != OPEN)"),
          decision(
              "the final phase takes attempts",
              "if (phase != OPEN) {",
              "if (phase == LOCKED || phase == DESTROYED) {"),
          decision(
              "six attempts for five",
              "    this.attempts = attempts;",
              "    this.attempts = attempts + 1;"),
          decision("a charge counts twice", "charges = charges + 1;", "charges = charges + 2;"),
          decision("a charge is not counted", "charges = charges + 1;", "charges = charges;"),
          decision(
              "the last round locks as well", "if (round < rounds) {", "if (round <= rounds) {"),
          decision(
              "the first round is final", "if (round < rounds) {", "if (round < rounds - 1) {"),
          decision(
              "the wait is measured from 1970",
              "lockedUntil = time + wait;",
              "lockedUntil = wait;"),
          decision(
              "the wait is one millisecond short",
              "lockedUntil = time + wait;",
              "lockedUntil = time + wait - 1;"),
          decision(
              "the wait is measured from the round's first failure",
              "  public boolean charge(long time) {\n"
                  + "    if (phase == LOCKED && lockedUntil <= time) {\n"
                  + "      round = round + 1;\n"
                  + "      charges = 0;\n"
                  + "      phase = OPEN;\n"
                  + "      lockedUntil = 0;\n"
                  + "      serial = serial + 1;\n"
                  + "    }\n"
                  + "    if (phase != OPEN) {\n"
                  + "      return false;\n"
                  + "    }\n"
                  + "    charges = charges + 1;\n"
                  + "    if (charges == attempts) {\n"
                  + "      if (round < rounds) {\n"
                  + "        phase = LOCKED;\n"
                  + "        lockedUntil = time + wait;",
              "  public boolean charge(long time) {\n"
                  + "    if (phase == LOCKED && lockedUntil <= time) {\n"
                  + "      round = round + 1;\n"
                  + "      charges = 0;\n"
                  + "      phase = OPEN;\n"
                  + "      lockedUntil = 0;\n"
                  + "      serial = serial + 1;\n"
                  + "    }\n"
                  + "    if (phase != OPEN) {\n"
                  + "      return false;\n"
                  + "    }\n"
                  + "    long first = charges == 0 ? time : Long.getLong(\"first\", time);\n"
                  + "    System.setProperty(\"first\", String.valueOf(first));\n"
                  + "    charges = charges + 1;\n"
                  + "    if (charges == attempts) {\n"
                  + "      if (round < rounds) {\n"
                  + "        phase = LOCKED;\n"
                  + "        lockedUntil = first + wait;"),
          decision(
              "a success keeps one charge",
              "      charges = 0;\n      round = 1;",
              "      charges = attempts > 1 ? 1 : 0;\n      round = 1;"),
          decision("a success keeps the round", "      round = 1;", "      round = round;"),
          decision(
              "a success revives the destroyed",
              "    if (phase != DESTROYED) {\n      charges",
              "    if (phase <= DESTROYED) {\n      charges"),
          decision(
              "a success lets older charges be given back",
              "      lockedUntil = 0;\n      serial = serial + 1;\n    }\n  }",
              "      lockedUntil = 0;\n    }\n  }"),
          decision(
              "a charge before a success is given back",
              "chargeSerial != serial || charges == 0",
              "charges == 0"),
          decision(
              "giving back lifts any lock",
              "if (phase == OPEN || (locked && phase != DESTROYED)) {",
              "if (phase != DESTROYED) {"),
          decision(
              "giving back never lifts a lock",
              "if (phase == OPEN || (locked && phase != DESTROYED)) {",
              "if (phase == OPEN) {"),
          decision("giving back refills the round", "charges = charges - 1;", "charges = 0;"),
          decision(
              "destroyed is not for good",
              "    phase = DESTROYED;\n",
              "    phase = OPEN;\n    charges = 0;\n"),
          decision(
              "time runs backwards",
              "if (time <= seen) {\n      return seen;",
              "if (time <= seen) {\n      return time;"),
          decision(
              "time stands still",
              "return time <= MAXIMUM_TIME ? time : MAXIMUM_TIME;",
              "return seen;"),
          limiter(
              "a full budget begins with a charge",
              "new AttemptLimiter(policy, 0, 1, Phase.OPEN, 0, serial)",
              "new AttemptLimiter(policy, policy.attempts() > 1 ? 1 : 0, 1, Phase.OPEN, 0,"
                  + " serial)"),
          limiter(
              "every charge is said to have locked",
              "after.phase != Phase.OPEN",
              "after.phase != Phase.DESTROYED"),
          limiter(
              "no charge is said to have locked",
              "after.phase != Phase.OPEN",
              "after.phase == Phase.DESTROYED"),
          limiter(
              "attempts remain while locked",
              "phase == Phase.OPEN ? policy.attempts() - charges : 0",
              "policy.attempts() - charges + (phase == Phase.LOCKED ? 1 : 0)"));

  /**
   * The faults that the replay overlooks. What caught the others is written to {@code
   * models/faults-NAME.md} in the build directory.
   */
  static List<String> missed(
      String name,
      List<Fault> faults,
      Function<List<List<Map<String, String>>>, String> replay,
      List<List<Map<String, String>>> traces) {
    List<String> missed = new ArrayList<>();
    StringBuilder rows = new StringBuilder("| fault | class | caught by |\n|---|---|---|\n");
    for (Fault fault : faults) {
      String caught = FaultyJava.with(fault).replay(replay.getClass().getName(), traces);
      rows.append("| %s | `%s` | %s |\n".formatted(fault.name(), fault.type(), caught));
      if (caught.isEmpty()) {
        missed.add(fault.name());
      }
    }
    Path file = Path.of(System.getProperty("lockstep.build", "target"), "models");
    try {
      Files.createDirectories(file);
      Files.writeString(file.resolve("faults-" + name + ".md"), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.printf(
        "%s: %d of %d faults caught%n", name, faults.size() - missed.size(), faults.size());
    return missed;
  }

  private static Fault decision(String name, String from, String to) {
    return new Fault(name, DECISION, from, to);
  }

  private static Fault limiter(String name, String from, String to) {
    return new Fault(name, LIMITER_VALUE, from, to);
  }
}
