package lockstep.wire;

import lockstep.spec.NonNormative;

/**
 * One method a reply, so that a new reply breaks whoever handles them all.
 *
 * @param <R> what the handler makes of a reply
 */
@NonNormative("lets the compiler find whoever leaves a case out")
public interface ReplyCases<R> {

  /** Handles Challenged. */
  R challenged(Reply.Challenged challenged);

  /** Handles StatusReport. */
  R statusReport(Reply.StatusReport statusReport);

  /** Handles Registered. */
  R registered(Reply.Registered registered);

  /** Handles Staged. */
  R staged(Reply.Staged staged);

  /** Handles Activated. */
  R activated(Reply.Activated activated);

  /** Handles Evaluated. */
  R evaluated(Reply.Evaluated evaluated);

  /** Handles Released. */
  R released(Reply.Released released);

  /** Handles Ended. */
  R ended(Reply.Ended ended);

  /** Handles Disabled. */
  R disabled(Reply.Disabled disabled);

  /** Handles RestartPending. */
  R restartPending(Reply.RestartPending restartPending);

  /** Handles Restarted. */
  R restarted(Reply.Restarted restarted);

  /** Handles Marked. */
  R marked(Reply.Marked marked);

  /** Handles Refused. */
  R refused(Refusal.Refused refused);

  /** Handles Locked. */
  R locked(Refusal.Locked locked);

  /** Handles Destroyed. */
  R destroyed(Refusal.Destroyed destroyed);

  /** Handles NotEnrolled. */
  R notEnrolled(Refusal.NotEnrolled notEnrolled);

  /** Handles WrongProof. */
  R wrongProof(Refusal.WrongProof wrongProof);

  /** Handles Conflict. */
  R conflict(Refusal.Conflict conflict);

  /** Handles Malformed. */
  R malformed(Refusal.Malformed malformed);

  /** Handles SessionUnknown. */
  R sessionUnknown(Refusal.SessionUnknown sessionUnknown);

  /** Handles Unavailable. */
  R unavailable(Refusal.Unavailable unavailable);
}
