package lockstep.oracle.conformance;

import java.util.List;
import lockstep.models.FaultyJava.Fault;

/** What implementations get wrong, each as one change of the reference's source. */
// A replacement stands as it is looked for, line by line.
@SuppressWarnings("StringConcatToTextBlock")
final class Faults {

  /** In place of operations: the fault shows in a vault's sessions. */
  static final String STATE = "";

  private Faults() {}

  /**
   * A fault and where it has to show.
   *
   * @param ops the operations to examine: they begin so
   * @param clause the clause that it breaks; a failing case has to cite it
   */
  record Expected(Fault fault, String ops, String clause) {

    @Override
    public String toString() {
      return fault.name();
    }
  }

  static final List<Expected> LIMITER =
      List.of(
          limiter(
              "six for five",
              "kernel.LimiterDecision",
              "this.attempts = attempts;",
              "this.attempts = attempts + 1;",
              "LIM-3~1"),
          limiter(
              "a refund on timeout",
              "vault.AccountDraft",
              "    sessions.removeIf(session -> session.expiresAt() <= clock);",
              "    if (sessions.removeIf(session -> session.expiresAt() <= clock && !session.verified())) {\n"
                  + "      limiter = limiter.giveBack(new AttemptLimiter.Charge(limiter.serial(), true));\n"
                  + "    }",
              "LIM-9~1"),
          limiter(
              "a wrong proof is not counted",
              "vault.AccountDraft",
              "  boolean fail(Session session) {\n",
              "  boolean fail(Session session) {\n"
                  + "    limiter = limiter.giveBack(new AttemptLimiter.Charge(limiter.serial(), true));\n",
              "LIM-9~1"),
          limiter(
              "charge after the answer",
              "vault.SessionRules",
              "    if (!command.verified()) {\n",
              "    if (!command.verified()) {\n      draft.charge();\n",
              "LIM-9~1"),
          limiter(
              "a budget per record",
              "vault.AccountDraft",
              "    standing = new Active(generation, staged.record(), staged.commandKey());",
              "    standing = new Active(generation, staged.record(), staged.commandKey());\n"
                  + "    limiter = AttemptLimiter.full(limiter.policy(), limiter.serial());",
              "LIM-14~1"),
          limiter(
              "the wait is measured from an earlier time",
              "kernel.LimiterDecision",
              "lockedUntil = time + wait;",
              "lockedUntil = time - 1000 + wait;",
              "LIM-3~1"),
          limiter(
              "a locked attempt extends the lock",
              "vault.SessionRules",
              "    if (draft.charge().isEmpty()) {\n",
              "    if (draft.charge().isEmpty()) {\n"
                  + "      draft.limiter = new AttemptLimiter(draft.limiter.policy(), draft.limiter.charges(),"
                  + " draft.limiter.round(), draft.limiter.phase(), draft.limiter.lockedUntil()"
                  + " + (draft.limiter.lockedUntil() > 0 ? 1 : 0), draft.limiter.serial());\n",
              "LIM-5~1"),
          limiter(
              "the lock lasts through its last moment",
              "kernel.LimiterDecision",
              "if (phase == LOCKED && lockedUntil <= time) {",
              "if (phase == LOCKED && lockedUntil < time) {",
              "LIM-6~1"),
          limiter(
              "a success leaves the round",
              "kernel.LimiterDecision",
              "      round = 1;",
              "      round = round;",
              "LIM-10~1"),
          limiter(
              "a second proof succeeds again",
              "vault.SessionRules",
              ".filter(session -> !session.verified())",
              ".filter(session -> true)",
              "LIM-10~1"),
          limiter(
              "a clock set back shortens the wait",
              "kernel.LimiterDecision",
              "if (time <= seen) {\n      return seen;",
              "if (time <= seen) {\n      return time;",
              "LIM-11~1"),
          limiter(
              "a session lives for two minutes",
              "vault.AccountDraft",
              "SESSION_MILLIS = 60_000L",
              "SESSION_MILLIS = 120_000L",
              "SES-3~1"),
          limiter(
              "the final session may fail",
              "vault.AccountDraft",
              "    if (isFinal(session)) {\n      destroy(false);",
              "    if (isFinal(session)) {\n      limiter = limiter.succeed();",
              "LIM-8~1"),
          limiter(
              "the last round locks like the others",
              "kernel.LimiterDecision",
              "if (round < rounds) {",
              "if (round <= rounds) {",
              "LIM-7~1"),
          limiter(
              "confirmation refills the budget",
              "vault.SessionRules",
              "draft.limiter = draft.limiter.giveBack(live.get().charge());",
              "draft.limiter = draft.limiter.succeed();",
              "STG-8~1"),
          limiter(
              "a stage is free",
              "vault.StageRules",
              "    Optional<AttemptLimiter.Charge> charge = draft.charge();",
              "    Optional<AttemptLimiter.Charge> charge ="
                  + " Optional.of(new AttemptLimiter.Charge(draft.limiter.serial(), false));",
              "STG-4~1"),
          limiter(
              "a generation is used again",
              "vault.StageRules",
              "command.generation() != draft.lastGeneration + 1",
              "command.generation() < draft.lastGeneration",
              "STG-1~1"),
          limiter(
              "a stage does not end",
              "vault.AccountDraft",
              "stage.get().expiresAt() <= clock",
              "stage.get().expiresAt() < 0",
              "STG-5~1"),
          limiter(
              "receipts do not chain",
              "vault.AccountDraft",
              "receiptHash = body.hash();",
              "receiptHash = receiptHash;",
              "RCP-2~1"));

  private static Expected limiter(String name, String type, String from, String to, String clause) {
    return new Expected(new Fault(name, "lockstep." + type, from, to), STATE, clause);
  }
}
