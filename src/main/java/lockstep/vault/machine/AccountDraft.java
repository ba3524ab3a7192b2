package lockstep.vault.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import lockstep.kernel.LimiterDecision;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;
import lockstep.vault.machine.AccountState.Active;
import lockstep.vault.machine.AccountState.FinalSession;
import lockstep.vault.machine.AccountState.None;
import lockstep.vault.machine.AccountState.Session;
import lockstep.vault.machine.AccountState.Stage;
import lockstep.vault.machine.AccountState.Standing;
import lockstep.vault.machine.AccountState.Tombstone;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Sha256;

/** The working copy of one account's state while one command is decided. */
public final class AccountDraft {

  /** How long a session lives. */
  public static final long SESSION_MILLIS = 60_000L;

  /** How long a stage lives. */
  public static final long STAGE_MILLIS = 600_000L;

  /** How long a restart takes. */
  public static final long RESTART_MILLIS = 604_800_000L;

  final AccountName account;
  public Standing standing;
  AttemptLimiter limiter;
  long epoch;
  long lastGeneration;
  Optional<Stage> stage;
  long restartAt;
  Optional<FreshnessMark> mark;
  private Optional<FinalSession> finalSession;
  private final List<Session> sessions;
  private long clock;
  private final Deque<Bytes> receiptHashes;
  private boolean everActive;
  private long receiptSequence;
  private long successes;
  private final List<Mandate.TokenUse> usedTokens;

  public AccountDraft(AccountState state) {
    this.account = state.account();
    this.standing = state.standing();
    this.limiter = state.limiter();
    this.epoch = state.epoch();
    this.finalSession = state.finalSession();
    this.lastGeneration = state.lastGeneration();
    this.stage = state.stage();
    this.sessions = new ArrayList<>(state.sessions());
    this.restartAt = state.restartAt();
    this.mark = state.mark();
    this.clock = state.clock();
    this.receiptSequence = state.receiptSequence();
    this.receiptHashes = new ArrayDeque<>(state.receiptHashes());
    this.everActive = state.everActive();
    this.successes = state.successes();
    this.usedTokens = new ArrayList<>(state.usedTokens());
  }

  @NonNormative("the value that the machine hands back")
  public AccountState toState() {
    return new AccountState(
        account,
        standing,
        limiter,
        epoch,
        finalSession,
        lastGeneration,
        everActive,
        stage,
        sessions,
        restartAt,
        mark,
        clock,
        receiptSequence,
        List.copyOf(receiptHashes),
        successes,
        usedTokens);
  }

  /** The command's time, or the largest seen before it. */
  long clock() {
    return clock;
  }

  long receiptSequence() {
    return receiptSequence;
  }

  Bytes receiptHash() {
    return receiptHashes.isEmpty() ? Bytes.zero(Sha256.LENGTH_BYTES) : receiptHashes.getLast();
  }

  /**
   * Hashes of the receipts from that number to the newest; none where it names none, or not all of
   * them are kept.
   */
  @Decides("RCP-4")
  List<Bytes> receiptHashesFrom(long sequence) {
    long count = receiptSequence - sequence + 1;
    boolean kept = sequence > 0 && count >= 1 && count <= receiptHashes.size();
    return kept ? receiptHashes.stream().skip(receiptHashes.size() - count).toList() : List.of();
  }

  /** Number of successes on an active record, ever. */
  long successes() {
    return successes;
  }

  /** A login on the active record was completed: the limiter begins anew, a restart is off. */
  @Implements({"LIM-10", "LEA-3~2"})
  void succeed(Session session) {
    limiter = limiter.succeed();
    leaveFinal();
    restartAt = 0;
    successes = successes + 1;
    markVerified(session);
  }

  /** Lets time pass before a command is decided: what has expired ends. */
  @Decides({"SES-3", "STG-5~2"})
  @Implements({"LIM-8~2", "LIM-11"})
  void settle(long time) {
    clock = LimiterDecision.observe(clock, time);
    if (finalSession.filter(last -> last.expiresAt() <= clock).isPresent()) {
      destroy(false);
    }
    if (stage.isPresent() && stage.get().expiresAt() <= clock) {
      stage = Optional.empty();
    }
    sessions.removeIf(session -> session.expiresAt() <= clock);
    forgetUses();
  }

  /** The newest stay beyond their end: a clock that was ahead and is set back revives none. */
  @Implements("AUT-8~2")
  private void forgetUses() {
    int newest = Math.max(0, usedTokens.size() - AccountState.USES_KEPT);
    usedTokens.subList(0, newest).removeIf(use -> use.expiresAt() <= clock);
  }

  /** Why a token may not be used for what would be charged, if it may not. */
  @Decides("AUT-8~2")
  Optional<Refusal> declines(Mandate mandate) {
    Optional<Mandate.TokenUse> wanted = useOf(mandate);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    if (usedTokens.stream().anyMatch(use -> use.id().equals(wanted.get().id()))) {
      return Optional.of(new Refusal.Refused());
    }
    return usedTokens.stream().filter(use -> use.expiresAt() > clock).count()
            < AccountState.MAX_USED_TOKENS
        ? Optional.empty()
        : Optional.of(new Refusal.Unavailable());
  }

  /** Uses a token up, with the charge that it paid for. */
  @Implements("AUT-8~2")
  void useUp(Mandate mandate) {
    useOf(mandate).ifPresent(usedTokens::add);
  }

  private static Optional<Mandate.TokenUse> useOf(Mandate mandate) {
    return mandate instanceof Mandate.Token token ? token.use() : Optional.empty();
  }

  /**
   * Whether the key that a signature verified under is the account's; if so, whoever signed is
   * still there, and a requested restart is off.
   */
  @Decides("LEA-3~2")
  @Implements("AUT-4")
  boolean accepts(Mandate.Signature signature) {
    boolean accepted = standing.commandKey().equals(Optional.of(signature.commandKey()));
    if (accepted) {
      restartAt = 0;
    }
    return accepted;
  }

  /** Whether a token or signature entitles to the command; a session does not. */
  boolean acceptsTokenOrSignature(Mandate mandate) {
    return mandate instanceof Mandate.Signature signature
        ? accepts(signature)
        : mandate instanceof Mandate.Token;
  }

  /**
   * The session on the active record that was verified and not used up, if that is one. A
   * confirming session is never on the active record: activation ends it.
   */
  @Implements("AUT-5")
  Optional<Session> verifiedLogin(Bytes attemptId) {
    return session(attemptId)
        .filter(session -> session.verified() && isActive(session.generation()));
  }

  Optional<Session> session(Bytes attemptId) {
    return sessions.stream().filter(one -> one.attemptId().equals(attemptId)).findFirst();
  }

  boolean isActive(long generation) {
    return standing instanceof Active active && active.generation() == generation;
  }

  /**
   * Takes a charge of the account's budget, which no record, stage or session owns; empty where the
   * limiter refuses.
   */
  @Decides("LIM-9")
  @Implements("LIM-14")
  Optional<AttemptLimiter.Charge> charge() {
    Optional<AttemptLimiter.Charged> charged = limiter.charge(clock);
    charged.ifPresent(taken -> limiter = taken.limiter());
    return charged.map(AttemptLimiter.Charged::charge);
  }

  /** Names what ends the final phase, if the charge just taken began it. */
  @Implements("LIM-7~2")
  void nameFinal(Bytes attemptId, long expiresAt) {
    if (limiter.phase() == AttemptLimiter.Phase.FINAL) {
      finalSession = Optional.of(new FinalSession(attemptId, expiresAt));
    }
  }

  /** From its confirmation on, a stage whose charge was the last ends with that session. */
  @Implements("LIM-7~2")
  void confirmFinal(Stage confirmed, long expiresAt) {
    finalSession =
        finalSession.map(
            last ->
                last.attemptId().equals(confirmed.attemptId())
                    ? new FinalSession(last.attemptId(), Math.min(last.expiresAt(), expiresAt))
                    : last);
  }

  /** Forgets what would end the final phase, once the limiter has left it. */
  void leaveFinal() {
    if (limiter.phase() != AttemptLimiter.Phase.FINAL) {
      finalSession = Optional.empty();
    }
  }

  /** When the lock ends, or the final session; 0 when open or destroyed. */
  long lockedUntil() {
    return finalSession.map(FinalSession::expiresAt).orElse(limiter.lockedUntil());
  }

  /** Opens a session; of too many, the oldest ends, and its charge stays. */
  @Decides("SES-9")
  @Implements("SES-3")
  Session open(Bytes attemptId, long generation, boolean confirming) {
    Session session = new Session(attemptId, generation, confirming, clock + SESSION_MILLIS, false);
    sessions.add(session);
    if (sessions.size() > AccountState.MAX_SESSIONS) {
      sessions.remove(0);
    }
    return session;
  }

  void markVerified(Session session) {
    sessions.replaceAll(one -> one.equals(session) ? session.asVerified() : one);
  }

  void useUp(Session session) {
    sessions.remove(session);
  }

  /**
   * Ends a session that was not verified, and everything with it if it was the final one.
   *
   * @return whether that destroyed the record
   */
  @Implements({"LIM-8~2", "LIM-9"})
  boolean fail(Session session) {
    sessions.remove(session);
    if (isFinal(session)) {
      destroy(false);
      return true;
    }
    return false;
  }

  /** Ends all sessions and any stage; in the final phase that is a failure. */
  void endEverything() {
    stage = Optional.empty();
    sessions.clear();
    if (finalSession.isPresent()) {
      destroy(false);
    }
  }

  /**
   * Erases record, stage and sessions and leaves a tombstone, unless the name has no record: then
   * nothing was lost, and whoever enrols first begins a new epoch. What was restarted stays so: a
   * token is all that its owner has.
   */
  @Decides({"LIM-8~2", "LEA-5"})
  @Implements("LEA-4")
  void destroy(boolean restarted) {
    boolean open = restarted || (standing instanceof Tombstone tombstone && tombstone.restarted());
    if (!(standing instanceof None)) {
      standing = new Tombstone(standing.commandKey(), epoch, open);
    }
    stage = Optional.empty();
    sessions.clear();
    finalSession = Optional.empty();
    limiter = limiter.destroy();
  }

  /** Begins a new budget epoch if this one has ended, under a policy that is no looser. */
  @Decides({"LIM-14", "LIM-15~2"})
  @Implements("LIM-13")
  boolean beginEpochAfterDeath(AttemptPolicy policy) {
    boolean begins = limiter.phase() == AttemptLimiter.Phase.DESTROYED;
    if (begins) {
      epoch = epoch + 1;
      AttemptPolicy stricter = policy.orStricter(limiter.policy());
      limiter = AttemptLimiter.full(stricter, limiter.serial());
    }
    return begins;
  }

  /** Makes the staged record the active one and ends all sessions, and a requested restart. */
  @Decides({"STG-9", "STG-10"})
  @Implements({"MRK-2", "LEA-3~2"})
  void activate(Stage confirmed, AccountState.StagedRecord staged) {
    if (!standing.commandKey().equals(Optional.of(staged.commandKey()))) {
      mark = Optional.empty();
    }
    standing =
        new Active(
            confirmed.generation(),
            staged.record(),
            confirmed.secret(),
            staged.stretching(),
            staged.commandKey());
    everActive = true;
    restartAt = 0;
    stage = Optional.empty();
    sessions.clear();
  }

  /** Erases the record; in the final phase that leaves a tombstone. */
  @Decides("LEA-1")
  @Implements("LIM-14")
  void disable() {
    endEverything();
    if (standing instanceof Active) {
      standing = new None();
    }
    mark = Optional.empty();
    restartAt = 0;
  }

  /** Appends to the account's chain of receipts. */
  @Decides("RCP-1~2")
  @Implements("RCP-2")
  Receipt.Body receipt(Receipt.Kind kind, long generation) {
    Receipt.Body body =
        new Receipt.Body(
            kind,
            account,
            generation,
            epoch,
            limiter.charges(),
            limiter.round(),
            lockedUntil(),
            clock,
            receiptSequence + 1,
            receiptHash());
    receiptSequence = body.sequence();
    receiptHashes.addLast(body.hash());
    if (receiptHashes.size() > AccountState.MAX_RECEIPT_HASHES) {
      receiptHashes.removeFirst();
    }
    return body;
  }

  /** Whether the session's failure ends the final phase: its own charge, or its stage's. */
  private boolean isFinal(Session session) {
    if (finalSession.isEmpty()) {
      return false;
    }
    Bytes last = finalSession.get().attemptId();
    boolean ofStage =
        session.confirming()
            && stage.isPresent()
            && stage.get().generation() == session.generation()
            && stage.get().attemptId().equals(last);
    return ofStage || session.attemptId().equals(last);
  }
}
