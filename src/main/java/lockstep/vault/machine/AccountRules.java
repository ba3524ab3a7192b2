package lockstep.vault.machine;

import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.machine.AccountState.Active;
import lockstep.vault.machine.AccountState.None;
import lockstep.vault.machine.AccountState.Standing;
import lockstep.vault.machine.AccountState.Tombstone;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.StretchingParameters;

/** Leaving, starting afresh, freshness marks and the account's report. */
final class AccountRules {

  private static final int DIGEST_BYTES = 32;
  private static final int KEY_BYTES = 32;

  /** Where no record is active. */
  private static final StretchingParameters NO_STRETCHING = new StretchingParameters(0, 0, 0);

  private final AccountDraft draft;

  AccountRules(AccountDraft draft) {
    this.draft = draft;
  }

  @Implements("LEA-1")
  VaultReply disable(VaultCommand.Disable command) {
    boolean entitled =
        command.mandate() instanceof Mandate.Signature signature
            ? draft.accepts(signature)
            : command.mandate() instanceof Mandate.Session session
                && draft.verifiedLogin(session.sessionId()).isPresent();
    if (!entitled) {
      return refused();
    }
    if (draft.standing instanceof Tombstone) {
      return new VaultReply.Declined(new Refusal.Destroyed());
    }
    long generation = activeGeneration();
    draft.disable();
    return new VaultReply.Carried(draft.receipt(Receipt.Kind.DISABLED, generation));
  }

  @Decides("LEA-2")
  VaultReply restart() {
    if (draft.standing instanceof None) {
      return new VaultReply.Declined(new Refusal.NotEnrolled());
    }
    if (draft.restartAt == 0) {
      draft.restartAt = draft.clock() + AccountDraft.RESTART_MILLIS;
    }
    Receipt.Body receipt = draft.receipt(Receipt.Kind.RESTART_REQUESTED, activeGeneration());
    return new VaultReply.RestartPending(draft.restartAt, Optional.of(receipt));
  }

  @Decides("LEA-4")
  VaultReply completeRestart() {
    if (draft.restartAt == 0) {
      return new VaultReply.Declined(new Refusal.Conflict(Refusal.Reason.NO_RESTART, 0));
    }
    if (draft.clock() < draft.restartAt) {
      return new VaultReply.RestartPending(draft.restartAt, Optional.empty());
    }
    long generation = activeGeneration();
    draft.destroy(true);
    draft.restartAt = 0;
    return new VaultReply.Carried(draft.receipt(Receipt.Kind.RESTARTED, generation));
  }

  @Decides("MRK-1")
  VaultReply mark(VaultCommand.Mark command) {
    if (!draft.accepts(command.signature())) {
      return refused();
    }
    if (draft.standing instanceof Tombstone) {
      return new VaultReply.Declined(new Refusal.Destroyed());
    }
    FreshnessMark mark = new FreshnessMark(command.backupNumber(), command.digest());
    long held = draft.mark.map(FreshnessMark::backupNumber).orElse(0L);
    boolean repeats = draft.mark.equals(Optional.of(mark));
    if (!repeats && command.backupNumber() <= held) {
      return new VaultReply.Declined(new Refusal.Conflict(Refusal.Reason.MARK, held));
    }
    draft.mark = Optional.of(mark);
    return new VaultReply.Carried(draft.receipt(Receipt.Kind.MARKED, activeGeneration()));
  }

  @Implements({"LEA-3~2", "LEA-5"})
  VaultReply observe(VaultCommand.Observe command) {
    return draft.acceptsTokenOrSignature(command.mandate())
        ? new VaultReply.Observed(report(command.knownSequence()))
        : refused();
  }

  private Reply.StatusReport report(long knownSequence) {
    return new Reply.StatusReport(
        recordState(draft.standing),
        activeGeneration(),
        draft.lastGeneration,
        draft.epoch,
        draft.limiter.policy().toWire(),
        draft.limiter.charges(),
        draft.limiter.round(),
        draft.lockedUntil(),
        draft.restartAt,
        draft.mark.map(FreshnessMark::backupNumber).orElse(0L),
        draft.mark.map(FreshnessMark::digest).orElse(Bytes.zero(DIGEST_BYTES)),
        draft.receiptSequence(),
        draft.receiptHash(),
        draft.clock(),
        draft.successes(),
        stretching(),
        draft.standing.commandKey().orElse(Bytes.zero(KEY_BYTES)),
        draft.receiptHashesFrom(knownSequence));
  }

  private StretchingParameters stretching() {
    return draft.standing instanceof Active active ? active.stretching() : NO_STRETCHING;
  }

  private long activeGeneration() {
    return draft.standing instanceof Active active ? active.generation() : 0;
  }

  private static Reply.RecordState recordState(Standing standing) {
    if (standing instanceof Active) {
      return Reply.RecordState.ACTIVE;
    }
    if (standing instanceof Tombstone tombstone) {
      return tombstone.restarted() ? Reply.RecordState.RESTARTED : Reply.RecordState.DESTROYED;
    }
    return Reply.RecordState.NONE;
  }

  private static VaultReply refused() {
    return new VaultReply.Declined(new Refusal.Refused());
  }
}
