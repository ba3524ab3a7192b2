package lockstep.vault.machine;

import lockstep.spec.NonNormative;

/**
 * One method a command, so that a new command breaks whoever handles them all.
 *
 * @param <R> what the handler makes of a command
 */
@NonNormative("visitor over VaultCommand")
public interface VaultCommandCases<R> {

  /** Handles Charge. */
  R charge(VaultCommand.Charge charge);

  /** Handles Finish. */
  R finish(VaultCommand.Finish finish);

  /** Handles Abandon. */
  R abandon(VaultCommand.Abandon abandon);

  /** Handles Register. */
  R register(VaultCommand.Register register);

  /** Handles Stage. */
  R stage(VaultCommand.Stage stage);

  /** Handles Confirm. */
  R confirm(VaultCommand.Confirm confirm);

  /** Handles Activate. */
  R activate(VaultCommand.Activate activate);

  /** Handles Disable. */
  R disable(VaultCommand.Disable disable);

  /** Handles Restart. */
  R restart(VaultCommand.Restart restart);

  /** Handles CompleteRestart. */
  R completeRestart(VaultCommand.CompleteRestart completeRestart);

  /** Handles Mark. */
  R mark(VaultCommand.Mark mark);

  /** Handles Observe. */
  R observe(VaultCommand.Observe observe);

  /** Handles Expire. */
  R expire(VaultCommand.Expire expire);

  /** Handles AskKeys. */
  R askKeys(VaultCommand.AskKeys askKeys);
}
