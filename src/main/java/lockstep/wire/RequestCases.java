package lockstep.wire;

import lockstep.spec.NonNormative;

/**
 * One method a request, so that a new request breaks whoever handles them all.
 *
 * @param <R> what the handler makes of a request
 */
@NonNormative("lets the compiler find whoever leaves a case out")
public interface RequestCases<R> {

  /** Handles Challenge. */
  R challenge(Request.Challenge challenge);

  /** Handles Status. */
  R status(Request.Status status);

  /** Handles Register. */
  R register(Request.Register register);

  /** Handles Stage. */
  R stage(Request.Stage stage);

  /** Handles Confirm. */
  R confirm(Request.Confirm confirm);

  /** Handles Activate. */
  R activate(Request.Activate activate);

  /** Handles Attempt. */
  R attempt(Request.Attempt attempt);

  /** Handles Finish. */
  R finish(Request.Finish finish);

  /** Handles Abandon. */
  R abandon(Request.Abandon abandon);

  /** Handles Disable. */
  R disable(Request.Disable disable);

  /** Handles Restart. */
  R restart(Request.Restart restart);

  /** Handles CompleteRestart. */
  R completeRestart(Request.CompleteRestart completeRestart);

  /** Handles Mark. */
  R mark(Request.Mark mark);
}
