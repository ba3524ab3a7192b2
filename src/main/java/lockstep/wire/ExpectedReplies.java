package lockstep.wire;

import lockstep.spec.NonNormative;

/**
 * Handles the few replies that a request may get; every other one is {@link #unexpected}, which is
 * an answer that no honest vault gives (WIR-2).
 *
 * @param <R> what the handler makes of a reply
 */
@NonNormative("saves a protocol step from naming every reply")
public interface ExpectedReplies<R> extends ReplyCases<R> {

  /** Handles a reply that its implementer does not expect. */
  R unexpected(Reply reply);

  @Override
  default R challenged(Reply.Challenged challenged) {
    return unexpected(challenged);
  }

  @Override
  default R statusReport(Reply.StatusReport statusReport) {
    return unexpected(statusReport);
  }

  @Override
  default R registered(Reply.Registered registered) {
    return unexpected(registered);
  }

  @Override
  default R staged(Reply.Staged staged) {
    return unexpected(staged);
  }

  @Override
  default R activated(Reply.Activated activated) {
    return unexpected(activated);
  }

  @Override
  default R evaluated(Reply.Evaluated evaluated) {
    return unexpected(evaluated);
  }

  @Override
  default R released(Reply.Released released) {
    return unexpected(released);
  }

  @Override
  default R ended(Reply.Ended ended) {
    return unexpected(ended);
  }

  @Override
  default R disabled(Reply.Disabled disabled) {
    return unexpected(disabled);
  }

  @Override
  default R restartPending(Reply.RestartPending restartPending) {
    return unexpected(restartPending);
  }

  @Override
  default R restarted(Reply.Restarted restarted) {
    return unexpected(restarted);
  }

  @Override
  default R marked(Reply.Marked marked) {
    return unexpected(marked);
  }

  @Override
  default R refused(Refusal.Refused refused) {
    return unexpected(refused);
  }

  @Override
  default R locked(Refusal.Locked locked) {
    return unexpected(locked);
  }

  @Override
  default R destroyed(Refusal.Destroyed destroyed) {
    return unexpected(destroyed);
  }

  @Override
  default R notEnrolled(Refusal.NotEnrolled notEnrolled) {
    return unexpected(notEnrolled);
  }

  @Override
  default R wrongProof(Refusal.WrongProof wrongProof) {
    return unexpected(wrongProof);
  }

  @Override
  default R conflict(Refusal.Conflict conflict) {
    return unexpected(conflict);
  }

  @Override
  default R malformed(Refusal.Malformed malformed) {
    return unexpected(malformed);
  }

  @Override
  default R sessionUnknown(Refusal.SessionUnknown sessionUnknown) {
    return unexpected(sessionUnknown);
  }

  @Override
  default R unavailable(Refusal.Unavailable unavailable) {
    return unexpected(unavailable);
  }
}
