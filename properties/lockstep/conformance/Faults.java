package lockstep.conformance;

import java.util.List;
import lockstep.models.FaultyJava;
import lockstep.models.FaultyJava.Fault;

/** What implementations get wrong, each as one change of the reference's source. */
// A replacement stands as it is looked for, line by line.
@SuppressWarnings("StringConcatToTextBlock")
final class Faults {

  /** In place of operations: the fault shows in a vault's sessions. */
  static final String STATE = "";

  private static final String FULL =
      "return new AttemptLimiter(policy, 0, 1, Phase.OPEN, 0, serial);";

  private Faults() {}

  /**
   * A fault and where it has to show.
   *
   * @param ops the operations to examine: they begin so
   * @param clause the clause that it breaks; the cases that cite it are run
   * @param outcome how one of them has to fail: what came for what, or the field that is another
   */
  record Expected(Fault fault, String ops, String clause, String outcome) {

    @Override
    public String toString() {
      return fault.name();
    }
  }

  static final List<Expected> LIMITER =
      List.of(
          limiter(
              "six for five",
              "vault.AttemptLimiter",
              FULL,
              FULL.replace(
                  "(policy, 0",
                  "(new AttemptPolicy(policy.attempts() + 1, policy.rounds(), policy.waitMillis()),"
                      + " 0"),
              "LIM-3~1",
              "attempt: other attemptsRemaining"),
          limiter(
              "a refund on timeout",
              "vault.AccountDraft",
              "    sessions.removeIf(session -> session.expiresAt() <= clock);",
              "    if (sessions.removeIf(session -> session.expiresAt() <= clock &&"
                  + " !session.verified())) {\n"
                  + "      limiter = limiter.giveBack(new AttemptLimiter.Charge(limiter.serial(),"
                  + " true));\n"
                  + "    }",
              "LIM-9~1",
              "observe: other charges"),
          limiter(
              "a wrong proof is not counted",
              "vault.AccountDraft",
              "  boolean fail(Session session) {\n",
              "  boolean fail(Session session) {\n"
                  + "    limiter = limiter.giveBack(new AttemptLimiter.Charge(limiter.serial(),"
                  + " true));\n",
              "LIM-9~1",
              "finish: other attemptsRemaining"),
          limiter(
              "charge after the answer",
              "vault.SessionRules",
              "    if (!command.verified()) {\n",
              "    if (!command.verified()) {\n      draft.charge();\n",
              "LIM-9~1",
              "finish: other attemptsRemaining"),
          limiter(
              "a budget per record",
              "vault.AccountDraft",
              "    everActive = true;\n",
              "    everActive = true;\n"
                  + "    limiter = AttemptLimiter.full(limiter.policy(), limiter.serial());\n",
              "LIM-14~1",
              "stage.activate: other receipt.charges"),
          limiter(
              "the wait is measured from an earlier time",
              "kernel.LimiterDecision",
              "lockedUntil = time + wait;",
              "lockedUntil = time - 1000 + wait;",
              "LIM-3~1",
              "attempt: other lockedUntil"),
          limiter(
              "a locked attempt extends the lock",
              "vault.SessionRules",
              "    if (draft.charge().isEmpty()) {\n",
              "    if (draft.charge().isEmpty()) {\n"
                  + "      draft.limiter = new AttemptLimiter(draft.limiter.policy(),"
                  + " draft.limiter.charges(), draft.limiter.round(), draft.limiter.phase(),"
                  + " draft.limiter.lockedUntil() + (draft.limiter.lockedUntil() > 0 ? 1 : 0),"
                  + " draft.limiter.serial());\n",
              "LIM-5~1",
              "attempt: other until"),
          limiter(
              "the lock lasts through its last moment",
              "kernel.LimiterDecision",
              "if (phase == LOCKED && lockedUntil <= time) {",
              "if (phase == LOCKED && lockedUntil < time) {",
              "LIM-6~1",
              "attempt: Locked for result"),
          limiter(
              "a success leaves the round",
              "kernel.LimiterDecision",
              "      round = 1;",
              "      round = round;",
              "LIM-10~1",
              "observe: other round"),
          limiter(
              "a second proof succeeds again",
              "vault.SessionRules",
              ".filter(session -> !session.verified())",
              ".filter(session -> true)",
              "LIM-10~1",
              "finish: result for SessionUnknown"),
          limiter(
              "a clock may be set back",
              "kernel.LimiterDecision",
              "if (time <= seen) {\n      return seen;",
              "if (time <= seen) {\n      return time;",
              "LIM-11~1",
              "observe: other time"),
          limiter(
              "a session lives for two minutes",
              "vault.AccountDraft",
              "SESSION_MILLIS = 60_000L",
              "SESSION_MILLIS = 120_000L",
              "SES-3~1",
              "attempt: other expiresAt"),
          limiter(
              "the final session may fail",
              "vault.AccountDraft",
              "    if (isFinal(session)) {\n      destroy(false);",
              "    if (isFinal(session)) {\n"
                  + "      limiter = limiter.succeed();\n"
                  + "      leaveFinal();",
              "LIM-8~2",
              "finish: NotEnrolled for Destroyed"),
          limiter(
              "a round more than the policy's",
              "vault.AttemptLimiter",
              FULL,
              FULL.replace(
                  "(policy, 0",
                  "(new AttemptPolicy(policy.attempts(), policy.rounds() + 1, policy.waitMillis()),"
                      + " 0"),
              "LIM-7~2",
              "attempt: other finalSession"),
          limiter(
              "confirmation refills the budget",
              "vault.SessionRules",
              "draft.limiter = draft.limiter.giveBack(live.get().charge());",
              "draft.limiter = draft.limiter.succeed();",
              "STG-8~1",
              "finish: other receipt.charges"),
          limiter(
              "a stage is free",
              "vault.StageRules",
              "    Optional<AttemptLimiter.Charge> charge = draft.charge();",
              "    Optional<AttemptLimiter.Charge> charge ="
                  + " Optional.of(new AttemptLimiter.Charge(draft.limiter.serial(), false));",
              "STG-4~1",
              "stage.reserve: other receipt.charges"),
          limiter(
              "a generation is used again",
              "vault.StageRules",
              "command.generation() != draft.lastGeneration + 1",
              "command.generation() < draft.lastGeneration",
              "STG-1~1",
              "stage.reserve: result for Conflict"),
          limiter(
              "a stage does not end",
              "vault.AccountDraft",
              "stage.get().expiresAt() <= clock",
              "stage.get().expiresAt() < 0",
              "STG-5~2",
              "stage.confirm: result for Refused"),
          limiter(
              "receipts do not chain",
              "vault.AccountDraft",
              "receiptHashes.addLast(body.hash());",
              "receiptHashes.addLast(Bytes.zero(Sha256.LENGTH_BYTES));",
              "RCP-2~1",
              "register: other receipt.previousHash"));

  private static Expected limiter(
      String name, String type, String from, String to, String clause, String outcome) {
    return new Expected(
        new Fault(name, FaultyJava.named(type.substring(type.lastIndexOf('.') + 1)), from, to),
        STATE,
        clause,
        outcome);
  }
}
