package lockstep.models;

import java.util.List;
import lockstep.models.FaultyJava.Fault;

/** Faults that an auditor might fear in the machine; each must fail the replay of its model. */
final class MachineFaults {

  private MachineFaults() {}

  /** All of them. */
  static final List<Fault> ALL =
      List.of(
          fault(
              "a permit without a durable charge",
              "VaultMachine",
              "return reply instanceof VaultReply.Keys\n",
              "return reply instanceof VaultReply.Keys || reply instanceof VaultReply.Permit\n"),
          fault(
              "a timeout refunds",
              "AccountDraft",
              "sessions.removeIf(session -> session.expiresAt() <= clock);",
              "if (sessions.removeIf(session -> session.expiresAt() <= clock)) {"
                  + " limiter = limiter.succeed(); leaveFinal(); }"),
          fault(
              "the stage answers attempts",
              "SessionRules",
              "Session session = draft.open(command.attemptId(), active.generation(), false);",
              "Session session = draft.open(command.attemptId(), draft.stage.map(Stage::generation)"
                  + ".orElse(active.generation()), draft.stage.isPresent());"),
          fault(
              "a stage is not charged",
              "StageRules",
              "    if (charge.isEmpty()) {\n",
              "    draft.limiter = draft.limiter.giveBack(charge.orElse("
                  + "new AttemptLimiter.Charge(-1, false)));\n    if (charge.isEmpty()) {\n"),
          fault(
              "a locked account takes stages",
              "StageRules",
              "return new VaultReply.Declined(new Refusal.Locked(draft.lockedUntil()));\n    }\n"
                  + "    Stage stage = reserve(command, charge.get());",
              "draft.limiter = draft.limiter.succeed();\n    }\n    Stage stage = reserve(command,"
                  + " charge.orElse(new AttemptLimiter.Charge(0, false)));"),
          fault(
              "a failed final session destroys nothing",
              "AccountDraft",
              "    if (isFinal(session)) {\n      destroy(false);\n      return true;",
              "    if (isFinal(session)) {\n"
                  + "      finalSession = Optional.empty();\n"
                  + "      return true;"),
          fault(
              "an expired final session destroys nothing",
              "AccountDraft",
              "    if (finalExpired) {\n      destroy(false);",
              "    if (finalExpired) {\n      leaveFinal();"),
          fault(
              "disabling in the final phase leaves no tombstone",
              "AccountDraft",
              "    if (finalSession.isPresent()) {\n      destroy(false);\n    }\n  }\n\n"
                  + "  /** Erases record, stage",
              "    leaveFinal();\n  }\n\n  /** Erases record, stage"),
          fault(
              "disabling refills the budget",
              "AccountDraft",
              "      standing = new None();",
              "      standing = new None();\n      limiter = limiter.succeed();"),
          fault(
              "a budget for each record: activation refills it",
              "AccountDraft",
              "    standing = new Active(generation, staged.record(), staged.commandKey());",
              "    standing = new Active(generation, staged.record(), staged.commandKey());\n"
                  + "    limiter = limiter.succeed();"),
          fault(
              "activation keeps the sessions of the record before",
              "AccountDraft",
              "staged.commandKey());\n    stage = Optional.empty();\n    sessions.clear();",
              "staged.commandKey());\n    stage = Optional.empty();"),
          fault(
              "activation keeps the stage",
              "AccountDraft",
              "staged.commandKey());\n    stage = Optional.empty();\n    sessions.clear();",
              "staged.commandKey());\n    sessions.clear();"),
          fault(
              "activation without a verified confirmation",
              "StageRules",
              ".filter(one -> one.confirming() && one.verified());",
              ".filter(one -> one.confirming());"),
          fault(
              "erased before it is activated",
              "StageRules",
              "    Stage stage = reserve(command, charge.get());",
              "    draft.standing = draft.standing instanceof Active"
                  + " ? new AccountState.None() : draft.standing;\n"
                  + "    Stage stage = reserve(command, charge.get());"),
          fault(
              "a second confirmation is answered",
              "StageRules",
              "if (stage.confirmation() != Confirmation.OUTSTANDING) {",
              "if (stage.confirmation() == Confirmation.VERIFIED) {"),
          fault(
              "a confirmation is charged again",
              "StageRules",
              "    draft.stage = Optional.of(stage.with(Confirmation.ANSWERED));",
              "    draft.charge();\n"
                  + "    draft.stage = Optional.of(stage.with(Confirmation.ANSWERED));"),
          fault(
              "a confirmation is a success",
              "SessionRules",
              "draft.limiter = draft.limiter.giveBack(live.get().charge());",
              "draft.limiter = draft.limiter.succeed();"),
          fault(
              "a confirmation gives nothing back",
              "SessionRules",
              "    draft.limiter = draft.limiter.giveBack(live.get().charge());\n",
              ""),
          fault(
              "any session id may register over a record",
              "StageRules",
              "session.isPresent() || (repeated && draft.standing instanceof Active)",
              "session.isPresent() || draft.standing instanceof Active"),
          fault(
              "a session authorises twice",
              "StageRules",
              "      session.ifPresent(draft::useUp);\n",
              ""),
          fault(
              "another record replaces the staged one",
              "StageRules",
              "    if (stage.staged().isPresent()) {",
              "    if (stage.staged().isPresent() && stage.staged().get().requestDigest()"
                  + ".equals(command.requestDigest())) {"),
          fault(
              "a success is not noticed",
              "SessionRules",
              "    draft.limiter = draft.limiter.succeed();\n",
              ""),
          fault(
              "a wrong KE3 counts as right",
              "SessionRules",
              "if (!command.verified()) {",
              "if (!command.verified() && session.confirming()) {"),
          fault(
              "a session proves twice",
              "SessionRules",
              ".filter(session -> !session.verified());",
              ".filter(session -> true);"),
          fault(
              "abandoning gives the charge back",
              "SessionRules",
              "    Optional<Session> session = draft.session(command.attemptId());\n",
              "    Optional<Session> session = draft.session(command.attemptId());\n"
                  + "    session.ifPresent(one -> draft.limiter = draft.limiter.giveBack(new"
                  + " AttemptLimiter.Charge(draft.limiter.serial(), false)));\n"),
          fault(
              "sessions live ten minutes",
              "AccountDraft",
              "SESSION_MILLIS = 60_000L",
              "SESSION_MILLIS = 600_000L"),
          fault(
              "stages live an hour",
              "StageRules",
              "draft.clock() + AccountDraft.STAGE_MILLIS",
              "draft.clock() + 6 * AccountDraft.STAGE_MILLIS"),
          fault(
              "a new epoch with every stage on a tombstone",
              "AccountDraft",
              "tombstone.diedInEpoch() == epoch;",
              "tombstone.diedInEpoch() <= epoch;"),
          fault(
              "no new epoch after destruction",
              "AccountDraft",
              "tombstone.diedInEpoch() == epoch;",
              "tombstone.diedInEpoch() > epoch;"),
          fault(
              "a tombstone forgets its command key",
              "AccountDraft",
              "standing = new Tombstone(standing.commandKey(), epoch, restarted);",
              "standing = new Tombstone(Optional.empty(), epoch, restarted);"),
          fault(
              "a stage's last charge opens no final session",
              "StageRules",
              "    draft.nameFinal(stage.attemptId(), stage.expiresAt());\n",
              ""));

  private static Fault fault(String name, String type, String from, String to) {
    return new Fault(name, FaultyJava.named(type), from, to);
  }
}
