package lockstep.wire;

import java.util.Arrays;
import lockstep.spec.Implements;

/** A reply to a request that was not carried out. */
@Implements("WIR-2~3")
public sealed interface Refusal extends Reply {

  /** No authority; the same whatever the account's state (AUT-3). */
  record Refused() implements Refusal {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.refused(this);
    }
  }

  /**
   * No attempt is accepted for now, and none was charged.
   *
   * @param until when the next is, in milliseconds since 1970
   */
  record Locked(long until) implements Refusal {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.locked(this);
    }
  }

  /** The record was destroyed; a tombstone is left. */
  record Destroyed() implements Refusal {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.destroyed(this);
    }
  }

  /** The account has no record. */
  record NotEnrolled() implements Refusal {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.notEnrolled(this);
    }
  }

  /**
   * The KE3 did not match: a wrong password, or a tampered message.
   *
   * @param attemptsRemaining attempts left in the round
   * @param lockedUntil when the lock ends, in milliseconds since 1970, 0 for none
   */
  record WrongProof(int attemptsRemaining, long lockedUntil) implements Refusal {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.wrongProof(this);
    }
  }

  /**
   * The request does not fit the account's state.
   *
   * @param reason what does not fit
   * @param detail the last generation, the mark's number, or 0
   */
  record Conflict(Reason reason, long detail) implements Refusal {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.conflict(this);
    }
  }

  /** The request is not a message of this version, or one of its elements is invalid. */
  record Malformed() implements Refusal {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.malformed(this);
    }
  }

  /** The session has ended, or there was none. */
  record SessionUnknown() implements Refusal {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.sessionUnknown(this);
    }
  }

  /** The vault cannot make a result durable at the moment; nothing was done. */
  record Unavailable() implements Refusal {

    @Override
    public <R> R match(ReplyCases<R> cases) {
      return cases.unavailable(this);
    }
  }

  /** What a {@link Conflict} is about. */
  enum Reason {
    GENERATION_USED(1),
    NO_SUCH_STAGE(2),
    OTHER_REQUEST(3),
    ALREADY_CONFIRMED(4),
    MARK(5),
    NO_RESTART(6);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Reason read(WireReader reader) {
      int code = reader.u8();
      return reader.orRefuse(Arrays.stream(values()).filter(value -> value.code == code).findAny());
    }
  }
}
