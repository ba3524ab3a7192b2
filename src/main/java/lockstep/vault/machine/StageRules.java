package lockstep.vault.machine;

import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.machine.AccountState.Active;
import lockstep.vault.machine.AccountState.Confirmation;
import lockstep.vault.machine.AccountState.Session;
import lockstep.vault.machine.AccountState.Stage;
import lockstep.vault.machine.AccountState.StagedRecord;
import lockstep.vault.machine.AccountState.Tombstone;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;

/** How a record comes into being: Register, Stage, Confirm, Activate. */
final class StageRules {

  private final AccountDraft draft;

  StageRules(AccountDraft draft) {
    this.draft = draft;
  }

  @Decides({"STG-3~2", "STG-4"})
  @Implements({"STG-1", "AUT-8~2", "LIM-15~2"})
  VaultReply register(VaultCommand.Register command) {
    Optional<Refusal> noAuthority = authorise(command.mandate(), repeats(command));
    if (noAuthority.isPresent()) {
      return new VaultReply.Declined(noAuthority.get());
    }
    if (repeats(command)) {
      return reserved(draft.stage.orElseThrow());
    }
    if (draft.stage.filter(live -> live.generation() == command.generation()).isPresent()) {
      return conflict(Refusal.Reason.OTHER_REQUEST, 0);
    }
    if (command.generation() != draft.lastGeneration + 1) {
      return conflict(Refusal.Reason.GENERATION_USED, draft.lastGeneration);
    }
    Optional<Refusal> used = draft.declines(command.mandate());
    if (used.isPresent()) {
      return new VaultReply.Declined(used.get());
    }
    boolean newEpoch = draft.beginEpochAfterDeath(command.policy());
    Optional<AttemptLimiter.Charge> charge = draft.charge();
    if (charge.isEmpty()) {
      return new VaultReply.Declined(new Refusal.Locked(draft.lockedUntil()));
    }
    draft.useUp(command.mandate());
    return reserved(reserve(command, charge.get(), newEpoch));
  }

  @Decides("STG-6")
  @Implements("AUT-6")
  VaultReply stage(VaultCommand.Stage command) {
    Optional<Stage> signed = stageOf(command.oneTimeKey());
    if (signed.isEmpty()) {
      return new VaultReply.Declined(new Refusal.Refused());
    }
    Stage stage = signed.get();
    if (stage.generation() != command.generation() || !stage.secret().equals(command.secret())) {
      return conflict(Refusal.Reason.NO_SUCH_STAGE, 0);
    }
    if (stage.staged().isPresent()) {
      return stage.staged().get().requestDigest().equals(command.requestDigest())
          ? new VaultReply.Recorded()
          : conflict(Refusal.Reason.OTHER_REQUEST, 0);
    }
    StagedRecord record =
        new StagedRecord(
            command.record(), command.stretching(), command.commandKey(), command.requestDigest());
    draft.stage = Optional.of(stage.with(record));
    return new VaultReply.Recorded();
  }

  @Decides("STG-7~2")
  @Implements({"SES-2", "AUT-6"})
  VaultReply confirm(VaultCommand.Confirm command) {
    Optional<Stage> signed = stageOf(command.oneTimeKey());
    if (signed.isEmpty()) {
      return new VaultReply.Declined(new Refusal.Refused());
    }
    Stage stage = signed.get();
    if (stage.generation() != command.generation() || stage.staged().isEmpty()) {
      return conflict(Refusal.Reason.NO_SUCH_STAGE, 0);
    }
    if (stage.confirmation() != Confirmation.OUTSTANDING) {
      return conflict(Refusal.Reason.ALREADY_CONFIRMED, 0);
    }
    draft.stage = Optional.of(stage.with(Confirmation.ANSWERED));
    Session session = draft.open(command.attemptId(), stage.generation(), true);
    draft.confirmFinal(stage, session.expiresAt());
    return new SessionRules(draft)
        .permit(session, stage.staged().get().record(), stage.secret(), Optional.empty());
  }

  @Implements({"STG-5~2", "STG-9"})
  VaultReply activate(VaultCommand.Activate command) {
    Optional<Session> session =
        draft.session(command.sessionId()).filter(one -> one.confirming() && one.verified());
    if (session.isEmpty()) {
      return new VaultReply.Declined(new Refusal.Refused());
    }
    Optional<Stage> confirmed =
        draft
            .stage
            .filter(stage -> stage.generation() == command.generation())
            .filter(stage -> stage.generation() == session.get().generation());
    Optional<StagedRecord> staged = confirmed.flatMap(Stage::staged);
    if (staged.isEmpty()) {
      return conflict(Refusal.Reason.NO_SUCH_STAGE, 0);
    }
    if (draft.limiter.phase() == AttemptLimiter.Phase.FINAL) {
      return new VaultReply.Declined(new Refusal.Locked(draft.lockedUntil()));
    }
    boolean change = draft.standing instanceof Active;
    draft.activate(confirmed.orElseThrow(), staged.get());
    Receipt.Kind kind = change ? Receipt.Kind.CHANGED : Receipt.Kind.ENROLLED;
    return new VaultReply.Carried(draft.receipt(kind, command.generation()));
  }

  /** Who may register, given what the account has; a session is used up. */
  @Implements("STG-2")
  private Optional<Refusal> authorise(Mandate mandate, boolean repeated) {
    if (mandate instanceof Mandate.Signature signature) {
      return draft.accepts(signature) && draft.standing instanceof Tombstone
          ? Optional.empty()
          : Optional.of(new Refusal.Refused());
    }
    if (mandate instanceof Mandate.Session named) {
      Optional<Session> session = draft.verifiedLogin(named.sessionId());
      session.ifPresent(draft::useUp);
      return session.isPresent() || (repeated && draft.standing instanceof Active)
          ? Optional.empty()
          : Optional.of(new Refusal.Refused());
    }
    if (draft.standing instanceof Tombstone tombstone) {
      return tombstone.restarted() ? Optional.empty() : Optional.of(new Refusal.Destroyed());
    }
    return draft.standing instanceof Active ? Optional.of(new Refusal.Refused()) : Optional.empty();
  }

  private boolean repeats(VaultCommand.Register command) {
    return draft
        .stage
        .filter(live -> live.generation() == command.generation())
        .filter(live -> live.requestDigest().equals(command.requestDigest()))
        .filter(live -> live.oneTimeKey().equals(command.oneTimeKey()))
        .isPresent();
  }

  private Stage reserve(
      VaultCommand.Register command, AttemptLimiter.Charge charge, boolean inNewEpoch) {
    Stage stage =
        new Stage(
            command.generation(),
            command.oneTimeKey(),
            command.requestDigest(),
            draft.clock() + AccountDraft.STAGE_MILLIS,
            command.attemptId(),
            charge,
            inNewEpoch,
            command.secret(),
            Optional.empty(),
            Confirmation.OUTSTANDING);
    draft.stage = Optional.of(stage);
    draft.lastGeneration = stage.generation();
    draft.nameFinal(stage.attemptId(), stage.expiresAt());
    return stage;
  }

  /** Whoever lost the first reply learns from the second, too, that an epoch began. */
  @Implements("LIM-15~2")
  private VaultReply reserved(Stage stage) {
    Receipt.Kind kind =
        stage.inNewEpoch() ? Receipt.Kind.STAGE_RESERVED_IN_NEW_EPOCH : Receipt.Kind.STAGE_RESERVED;
    Receipt.Body receipt = draft.receipt(kind, stage.generation());
    return new VaultReply.Reserved(
        draft.limiter.policy(), stage.expiresAt(), stage.secret(), receipt);
  }

  private Optional<Stage> stageOf(Bytes oneTimeKey) {
    return draft.stage.filter(stage -> stage.oneTimeKey().equals(oneTimeKey));
  }

  private static VaultReply conflict(Refusal.Reason reason, long detail) {
    return new VaultReply.Declined(new Refusal.Conflict(reason, detail));
  }
}
