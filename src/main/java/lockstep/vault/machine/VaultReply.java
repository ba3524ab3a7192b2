package lockstep.vault.machine;

import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;

/**
 * What the machine decided. It holds a sealed record where the shell is to evaluate it, and
 * receipts without their signature. Times are milliseconds since 1970.
 */
@Implements({"ATR-6", "ATR-7"})
public sealed interface VaultReply {

  /** Calls the function of this case. */
  <R> R match(Cases<R> cases);

  /**
   * One method a reply.
   *
   * @param <R> what the handler makes of a reply
   */
  interface Cases<R> {

    /** Handles Declined. */
    R declined(Declined declined);

    /** Handles Permit. */
    R permit(Permit permit);

    /** Handles Verified. */
    R verified(Verified verified);

    /** Handles Reserved. */
    R reserved(Reserved reserved);

    /** Handles Recorded. */
    R recorded(Recorded recorded);

    /** Handles Ended. */
    R ended(Ended ended);

    /** Handles Carried. */
    R carried(Carried carried);

    /** Handles RestartPending. */
    R restartPending(RestartPending restartPending);

    /** Handles Observed. */
    R observed(Observed observed);

    /** Handles Settled. */
    R settled(Settled settled);

    /** Handles Keys. */
    R keys(Keys keys);
  }

  /**
   * Not carried out.
   *
   * @param refusal why, as the device is told
   */
  record Declined(Refusal refusal) implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.declined(this);
    }
  }

  /**
   * One OPRF evaluation may take place; its charge is in the state.
   *
   * @param generation the record's generation
   * @param record the record to evaluate
   * @param secret the record's own, sealed
   * @param policy the epoch's policy
   * @param attemptsRemaining attempts left in the round
   * @param lockedUntil when the lock ends, 0 for none
   * @param finalSession whether failure destroys the record
   * @param expiresAt when the session ends
   * @param receipt of the charge; none for a Confirm
   */
  record Permit(
      long generation,
      SealedRecord record,
      SealedSecret secret,
      AttemptPolicy policy,
      int attemptsRemaining,
      long lockedUntil,
      boolean finalSession,
      long expiresAt,
      Optional<Receipt.Body> receipt)
      implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.permit(this);
    }
  }

  /**
   * The session is verified; the record may be released.
   *
   * @param generation the record's generation
   * @param mark the freshness mark, if one is set
   * @param receipt of the success or confirmation
   */
  record Verified(long generation, Optional<FreshnessMark> mark, Receipt.Body receipt)
      implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.verified(this);
    }
  }

  /**
   * A stage is reserved; its one registration evaluation may take place.
   *
   * @param policy what the record will be under
   * @param expiresAt when the stage ends
   * @param secret the stage's own, sealed: the one that its first Register drew
   * @param receipt of the charge
   */
  record Reserved(AttemptPolicy policy, long expiresAt, SealedSecret secret, Receipt.Body receipt)
      implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reserved(this);
    }
  }

  /** The record is staged. */
  record Recorded() implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.recorded(this);
    }
  }

  /**
   * The session ended, its charge stays.
   *
   * @param attemptsRemaining attempts left in the round
   * @param lockedUntil when the lock ends, 0 for none
   */
  record Ended(int attemptsRemaining, long lockedUntil) implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ended(this);
    }
  }

  /**
   * Carried out, with nothing to tell but the receipt.
   *
   * @param receipt of what was asked
   */
  record Carried(Receipt.Body receipt) implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.carried(this);
    }
  }

  /**
   * A restart is requested.
   *
   * @param completesAt from when it may be completed
   * @param receipt of the request; none where it was too early to complete one
   */
  record RestartPending(long completesAt, Optional<Receipt.Body> receipt) implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.restartPending(this);
    }
  }

  /**
   * The account's state.
   *
   * @param report as the device is told
   */
  record Observed(Reply.StatusReport report) implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.observed(this);
    }
  }

  /** What was over has ended. */
  record Settled() implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.settled(this);
    }
  }

  /**
   * The keys that a signature may be checked against.
   *
   * @param commandKey the account's, if it has a record or a tombstone of one
   * @param oneTimeKey the live stage's
   * @param stageSecret the live stage's secret, sealed
   */
  record Keys(
      Optional<Bytes> commandKey, Optional<Bytes> oneTimeKey, Optional<SealedSecret> stageSecret)
      implements VaultReply {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keys(this);
    }
  }
}
