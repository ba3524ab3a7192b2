package lockstep.vault.machine;

import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.StretchingParameters;

/**
 * What the machine is asked to decide. A command carries its time in milliseconds since 1970, the
 * ids that it needs, and which authority the shell has checked; never an ephemeral secret, a
 * session key or an unsealed record.
 */
@Decides("ATR-7")
@Implements("ATR-6")
public sealed interface VaultCommand {

  /** When the shell made the command, in milliseconds since 1970. */
  long time();

  /** Calls the method of this case. */
  <R> R match(VaultCommandCases<R> cases);

  /** An authority that the shell has checked, named so that the machine can check what is left. */
  sealed interface Mandate {

    /**
     * A valid account token.
     *
     * @param use what it is used up for; none where it only reads
     */
    record Token(Optional<TokenUse> use) implements Mandate {

      /** A token that is not used up. */
      public Token() {
        this(Optional.empty());
      }
    }

    /**
     * One use of one token.
     *
     * @param id SHA-256 of what it is used for and of the token, 32 bytes
     * @param expiresAt when the token expires, in milliseconds since 1970
     */
    record TokenUse(Bytes id, long expiresAt) {}

    /**
     * A valid signature of a fresh challenge.
     *
     * @param commandKey the key that it verified under, 32 bytes; refused if it is not the
     *     account's any more
     */
    record Signature(Bytes commandKey) implements Mandate {}

    /**
     * A valid MAC under a session's key.
     *
     * @param sessionId the session, 16 bytes; refused unless it is verified and unexpired
     */
    record Session(Bytes sessionId) implements Mandate {}
  }

  /**
   * Charges an attempt on the active record.
   *
   * @param attemptId the session to open, 16 fresh random bytes
   * @param mandate token or signature
   */
  record Charge(long time, Bytes attemptId, Mandate mandate) implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.charge(this);
    }
  }

  /**
   * Says how a session's KE3 compared.
   *
   * @param attemptId the session
   * @param verified whether it was the KE3 expected
   */
  record Finish(long time, Bytes attemptId, boolean verified) implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.finish(this);
    }
  }

  /**
   * Ends a session.
   *
   * @param attemptId the session
   */
  record Abandon(long time, Bytes attemptId) implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.abandon(this);
    }
  }

  /**
   * Reserves a stage and its charge.
   *
   * @param attemptId names the stage's charge, 16 fresh random bytes
   * @param generation the generation to stage
   * @param oneTimeKey the stage's key, 32 bytes
   * @param requestDigest SHA-256 of the registration request, 32 bytes
   * @param secret the record's secret, freshly drawn and sealed
   * @param policy what a first or new budget epoch begins with
   * @param mandate token, signature or session
   */
  record Register(
      long time,
      Bytes attemptId,
      long generation,
      Bytes oneTimeKey,
      Bytes requestDigest,
      SealedSecret secret,
      AttemptPolicy policy,
      Mandate mandate)
      implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.register(this);
    }
  }

  /**
   * Hands over the record of a stage.
   *
   * @param generation the generation staged
   * @param oneTimeKey the key that the message verified under
   * @param requestDigest SHA-256 of the message up to its authority, 32 bytes
   * @param secret the secret under which the record was sealed
   * @param record the record, sealed
   * @param stretching what the client stretches a password for it with
   * @param commandKey the record's command key, 32 bytes
   */
  record Stage(
      long time,
      long generation,
      Bytes oneTimeKey,
      Bytes requestDigest,
      SealedSecret secret,
      SealedRecord record,
      StretchingParameters stretching,
      Bytes commandKey)
      implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.stage(this);
    }
  }

  /**
   * Opens the confirming session of a stage.
   *
   * @param attemptId the session to open, 16 fresh random bytes
   * @param generation the generation staged
   * @param oneTimeKey the key that the message verified under
   */
  record Confirm(long time, Bytes attemptId, long generation, Bytes oneTimeKey)
      implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.confirm(this);
    }
  }

  /**
   * Makes the confirmed record the active one.
   *
   * @param generation the generation staged
   * @param sessionId the confirming session
   */
  record Activate(long time, long generation, Bytes sessionId) implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.activate(this);
    }
  }

  /**
   * Erases the active record.
   *
   * @param mandate signature or session
   */
  record Disable(long time, Mandate mandate) implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.disable(this);
    }
  }

  /** Requests a restart, with a token. */
  record Restart(long time) implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.restart(this);
    }
  }

  /** Completes a restart, with a token. */
  record CompleteRestart(long time) implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.completeRestart(this);
    }
  }

  /**
   * Sets the freshness mark.
   *
   * @param backupNumber number of the newest backup
   * @param digest SHA-256 of its sealed manifest, 32 bytes
   * @param signature the signature's key
   */
  record Mark(long time, long backupNumber, Bytes digest, Mandate.Signature signature)
      implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.mark(this);
    }
  }

  /**
   * Asks for the account's state.
   *
   * @param policy what an account without state would begin with
   * @param knownSequence number of the receipt from which the device wants the chain, 0 for none
   * @param mandate token or signature
   */
  record Observe(long time, AttemptPolicy policy, long knownSequence, Mandate mandate)
      implements VaultCommand {

    /** Asks without naming a receipt. */
    public Observe(long time, AttemptPolicy policy, Mandate mandate) {
      this(time, policy, 0, mandate);
    }

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.observe(this);
    }
  }

  /** Lets time pass, so that what is over is erased at its time and not at the next command. */
  record Expire(long time) implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.expire(this);
    }
  }

  /** Asks for the keys that a signature may be checked against; changes nothing. */
  record AskKeys(long time) implements VaultCommand {

    @Override
    public <R> R match(VaultCommandCases<R> cases) {
      return cases.askKeys(this);
    }
  }
}
