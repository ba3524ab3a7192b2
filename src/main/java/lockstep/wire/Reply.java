package lockstep.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Implements;

/**
 * A message from the vault (WIR-2), before its signature; {@link SignedReply} adds that. A field of
 * another length than its record states is a programmer error and raises {@link
 * IllegalArgumentException}.
 */
@Implements({"WIR-2~3", "WIR-7"})
public sealed interface Reply permits Reply.Answer, Refusal {

  /** Calls the method of this case. */
  <R> R match(ReplyCases<R> cases);

  /** The reply up to its signature: version, tag and fields. */
  default byte[] encode() {
    return ReplyCodec.encode(this);
  }

  /** A reply to a request that was carried out. */
  sealed interface Answer extends Reply {}

  /**
   * Answers Challenge.
   *
   * @param challenge what to sign, 32 bytes
   */
  record Challenged(Bytes challenge) implements Answer {

    public Challenged {
      challenge.requireLength(Sizes.CHALLENGE);
    }

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.challenged(this);
    }
  }

  /**
   * Answers Status. Times are milliseconds since 1970.
   *
   * @param record what the account has
   * @param activeGeneration the active generation, 0 for none
   * @param lastGeneration the highest generation ever staged
   * @param epoch the budget epoch
   * @param policy the epoch's policy
   * @param charges charges in the round
   * @param round the round
   * @param lockedUntil when the lock ends, 0 for none
   * @param restartAt when a restart may be completed, 0 for none
   * @param markNumber the freshness mark's backup number, 0 for none
   * @param markDigest the mark's digest, 32 bytes
   * @param receiptSequence number of the newest receipt
   * @param receiptHash hash of the newest receipt's body, 32 bytes
   * @param time the vault's time
   * @param successes how many logins on the account's active records were ever completed
   * @param stretching the active record's Argon2id parameters, zero without one
   * @param commandKey the command key of the record, or of the record that a tombstone is of, 32
   *     bytes; zero without one
   * @param receiptHashes hashes of the bodies of consecutive receipts, 32 bytes each, from the one
   *     that the request names up to the newest; none where the vault does not hold them
   */
  record StatusReport(
      RecordState record,
      long activeGeneration,
      long lastGeneration,
      long epoch,
      Policy policy,
      int charges,
      int round,
      long lockedUntil,
      long restartAt,
      long markNumber,
      Bytes markDigest,
      long receiptSequence,
      Bytes receiptHash,
      long time,
      long successes,
      StretchingParameters stretching,
      Bytes commandKey,
      List<Bytes> receiptHashes)
      implements Answer {

    /** Most receipt hashes in a report. */
    public static final int MAX_RECEIPT_HASHES = 64;

    public StatusReport {
      commandKey.requireLength(Ed25519Signature.PUBLIC_KEY_LENGTH);
      receiptHashes = List.copyOf(receiptHashes);
      receiptHashes.forEach(hash -> hash.requireLength(Sha256.LENGTH_BYTES));
      if (receiptHashes.size() > MAX_RECEIPT_HASHES) {
        throw new IllegalArgumentException("more receipt hashes than a report holds");
      }
      markDigest.requireLength(Sha256.LENGTH_BYTES);
      receiptHash.requireLength(Sha256.LENGTH_BYTES);
    }

    /** The same report with the active record's parameters. */
    public StatusReport with(StretchingParameters parameters) {
      return new StatusReport(
          record,
          activeGeneration,
          lastGeneration,
          epoch,
          policy,
          charges,
          round,
          lockedUntil,
          restartAt,
          markNumber,
          markDigest,
          receiptSequence,
          receiptHash,
          time,
          successes,
          parameters,
          commandKey,
          receiptHashes);
    }

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.statusReport(this);
    }
  }

  /**
   * Answers Register.
   *
   * @param registrationResponse OPAQUE's {@code RegistrationResponse}, 66 bytes
   * @param policy the policy that the record will have
   * @param expiresAt when the stage ends, in milliseconds since 1970
   * @param receipt of the charge reserved
   */
  record Registered(Bytes registrationResponse, Policy policy, long expiresAt, Receipt receipt)
      implements Answer {

    public Registered {
      registrationResponse.requireLength(Sizes.REGISTRATION_RESPONSE);
    }

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.registered(this);
    }
  }

  /** Answers Stage. */
  record Staged() implements Answer {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.staged(this);
    }
  }

  /**
   * Answers Activate.
   *
   * @param receipt of the enrolment or change
   */
  record Activated(Receipt receipt) implements Answer {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.activated(this);
    }
  }

  /**
   * Answers Attempt and Confirm.
   *
   * @param sessionId the session, 16 bytes
   * @param generation the record's generation
   * @param suite the record's OPAQUE suite
   * @param stretching the record's Argon2id parameters
   * @param policy the epoch's policy
   * @param attemptsRemaining attempts left in the round
   * @param lockedUntil when the lock ends, in milliseconds since 1970, 0 for none
   * @param finalSession whether its failure destroys the record
   * @param ke2 OPAQUE's {@code KE2}, 259 bytes
   * @param receipt of the charge; none for a Confirm, which charges nothing
   */
  record Evaluated(
      Bytes sessionId,
      long generation,
      int suite,
      StretchingParameters stretching,
      Policy policy,
      int attemptsRemaining,
      long lockedUntil,
      boolean finalSession,
      Bytes ke2,
      Optional<Receipt> receipt)
      implements Answer {

    public Evaluated {
      sessionId.requireLength(Sizes.SESSION_ID);
      ke2.requireLength(Sizes.KE2);
    }

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.evaluated(this);
    }
  }

  /**
   * Answers a valid Finish.
   *
   * @param release the wrapped root key, encrypted for the session (SES-8)
   * @param receipt of the success
   */
  record Released(Bytes release, Receipt receipt) implements Answer {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.released(this);
    }
  }

  /**
   * Answers Abandon.
   *
   * @param attemptsRemaining attempts left in the round
   * @param lockedUntil when the lock ends, in milliseconds since 1970, 0 for none
   */
  record Ended(int attemptsRemaining, long lockedUntil) implements Answer {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.ended(this);
    }
  }

  /**
   * Answers Disable.
   *
   * @param receipt of the erasure
   */
  record Disabled(Receipt receipt) implements Answer {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.disabled(this);
    }
  }

  /**
   * Answers Restart, and a CompleteRestart that is too early.
   *
   * @param completesAt from when a restart may be completed, in milliseconds since 1970
   * @param receipt of the request; none for a CompleteRestart
   */
  record RestartPending(long completesAt, Optional<Receipt> receipt) implements Answer {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.restartPending(this);
    }
  }

  /**
   * Answers CompleteRestart.
   *
   * @param receipt of the erasure
   */
  record Restarted(Receipt receipt) implements Answer {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.restarted(this);
    }
  }

  /**
   * Answers Mark.
   *
   * @param receipt of the mark
   */
  record Marked(Receipt receipt) implements Answer {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.marked(this);
    }
  }

  /** What an account has in the vault. */
  enum RecordState {
    NONE(0),
    ACTIVE(1),
    DESTROYED(2),
    RESTARTED(3);

    private final int code;

    RecordState(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static RecordState read(WireReader reader) {
      int code = reader.u8();
      return reader.orRefuse(Arrays.stream(values()).filter(value -> value.code == code).findAny());
    }
  }
}
