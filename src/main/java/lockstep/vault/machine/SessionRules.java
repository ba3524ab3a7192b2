package lockstep.vault.machine;

import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.machine.AccountState.Active;
import lockstep.vault.machine.AccountState.Confirmation;
import lockstep.vault.machine.AccountState.Session;
import lockstep.vault.machine.AccountState.Stage;
import lockstep.vault.machine.AccountState.Tombstone;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;

/** Attempts and how they end. */
final class SessionRules {

  private final AccountDraft draft;

  SessionRules(AccountDraft draft) {
    this.draft = draft;
  }

  @Decides({"SES-1", "SES-2"})
  @Implements({"LIM-2", "LIM-5", "LIM-12", "LEA-5", "AUT-8~2"})
  VaultReply charge(VaultCommand.Charge command) {
    if (!draft.acceptsTokenOrSignature(command.mandate())) {
      return new VaultReply.Declined(new Refusal.Refused());
    }
    Optional<Refusal> used = draft.declines(command.mandate());
    if (used.isPresent()) {
      return new VaultReply.Declined(used.get());
    }
    if (draft.standing instanceof Tombstone) {
      return new VaultReply.Declined(new Refusal.Destroyed());
    }
    if (!(draft.standing instanceof Active active)) {
      return new VaultReply.Declined(new Refusal.NotEnrolled());
    }
    if (draft.charge().isEmpty()) {
      return new VaultReply.Declined(new Refusal.Locked(draft.lockedUntil()));
    }
    draft.useUp(command.mandate());
    Session session = draft.open(command.attemptId(), active.generation(), false);
    draft.nameFinal(command.attemptId(), session.expiresAt());
    Receipt.Body receipt = draft.receipt(Receipt.Kind.ATTEMPT, active.generation());
    return permit(session, active.record(), active.secret(), Optional.of(receipt));
  }

  /** The leave to evaluate a record in a session. */
  VaultReply permit(
      Session session, SealedRecord record, SealedSecret secret, Optional<Receipt.Body> receipt) {
    return new VaultReply.Permit(
        session.generation(),
        record,
        secret,
        draft.limiter.policy(),
        draft.limiter.attemptsRemaining(),
        draft.lockedUntil(),
        draft.limiter.phase() == AttemptLimiter.Phase.FINAL,
        session.expiresAt(),
        receipt);
  }

  @Decides({"SES-4~2", "SES-6~2"})
  @Implements({"LIM-4", "LIM-10"})
  VaultReply finish(VaultCommand.Finish command) {
    Optional<Session> found =
        draft.session(command.attemptId()).filter(session -> !session.verified());
    if (found.isEmpty()) {
      return new VaultReply.Declined(new Refusal.SessionUnknown());
    }
    Session session = found.get();
    if (!command.verified()) {
      return draft.fail(session)
          ? lastOfAll()
          : new VaultReply.Declined(
              new Refusal.WrongProof(draft.limiter.attemptsRemaining(), draft.lockedUntil()));
    }
    return session.confirming() ? confirmed(session) : succeeded(session);
  }

  @Decides("SES-7")
  @Implements("LIM-9")
  VaultReply abandon(VaultCommand.Abandon command) {
    Optional<Session> session = draft.session(command.attemptId());
    if (session.isEmpty()) {
      return new VaultReply.Declined(new Refusal.SessionUnknown());
    }
    return draft.fail(session.get())
        ? lastOfAll()
        : new VaultReply.Ended(draft.limiter.attemptsRemaining(), draft.lockedUntil());
  }

  /** Who never had a record is not told that one was destroyed. */
  @Implements("SES-6~2")
  private VaultReply lastOfAll() {
    return new VaultReply.Declined(
        draft.standing instanceof Tombstone ? new Refusal.Destroyed() : new Refusal.NotEnrolled());
  }

  @Implements({"LIM-10", "LEA-3~2"})
  private VaultReply succeeded(Session session) {
    draft.succeed(session);
    Receipt.Body receipt = draft.receipt(Receipt.Kind.UNLOCKED, session.generation());
    return new VaultReply.Verified(session.generation(), draft.mark, receipt);
  }

  @Implements("STG-8")
  private VaultReply confirmed(Session session) {
    Optional<Stage> live = draft.stage.filter(stage -> stage.generation() == session.generation());
    if (live.isEmpty()) {
      draft.useUp(session);
      return new VaultReply.Declined(new Refusal.SessionUnknown());
    }
    draft.limiter = draft.limiter.giveBack(live.get().charge());
    draft.leaveFinal();
    draft.stage = Optional.of(live.get().with(Confirmation.VERIFIED));
    draft.markVerified(session);
    Receipt.Body receipt = draft.receipt(Receipt.Kind.CONFIRMED, session.generation());
    return new VaultReply.Verified(session.generation(), draft.mark, receipt);
  }
}
