package lockstep.cli;

import lockstep.device.notices.VaultNotice;
import lockstep.spec.Implements;

/** What others did at the vault, in words for the user. */
@Implements("USR-5~2")
final class NoticeLines implements VaultNotice.Cases<String> {

  private final Surroundings surroundings;

  NoticeLines(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String attemptsByOthers(VaultNotice.AttemptsByOthers notice) {
    return "attempts were spent at the vault that this device does not know of; "
        + notice.charges()
        + (notice.charges() == 1 ? " stands" : " stand")
        + (notice.round() == 1
            ? " in this round."
            : " in round " + notice.round() + ", and the round before is used up.")
        + " If that was not you, check who can sign in to your account.";
  }

  @Override
  public String actsByOthers(long acts) {
    return "while this command ran, the vault did "
        + (acts == 1 ? "something" : acts + " things")
        + " for somebody else with your account: an attempt, an unlock or a request to start"
        + " afresh. If that was not you, check who can sign in to your account.";
  }

  @Override
  public String unlockedElsewhere() {
    return "the password opened the vault's record, on another device or in a command here that was"
        + " interrupted. If neither was you, run change-password, then rotate-key.";
  }

  @Override
  public String lockedByOthers(long until) {
    return "the account is locked until "
        + VaultAnswers.until(until, surroundings)
        + " after attempts that this device did not make.";
  }

  @Override
  public String restartRequested(long completesAt) {
    return "somebody with your account asked to start afresh, which can be completed at "
        + VaultAnswers.until(completesAt, surroundings)
        + ". Run lockstep status --contact to cancel it.";
  }

  @Override
  public String restartCancelled(long completesAt) {
    return "somebody with your account asked to start afresh, to be completed at "
        + VaultAnswers.text(completesAt)
        + "; a signature of this device or an unlock cancelled it.";
  }

  @Override
  public String recordDestroyed() {
    return "the vault's record was destroyed, by wrong passwords or by a restart that somebody with"
        + " your account completed. Run lockstep enable with a new password to protect the backup"
        + " again.";
  }

  @Override
  public String destroyedMeanwhile() {
    return "the vault's record was destroyed by wrong passwords meanwhile, and enrolled anew with"
        + " your key. If that was not you, disable backups on the device that you do not know.";
  }

  @Override
  public String recordReplaced() {
    return "the vault's record is gone or belongs to another key: backups were disabled or enabled"
        + " anew elsewhere. Run lockstep disable here, or restore on this device.";
  }

  @Override
  public String passwordChangedElsewhere() {
    return "the password was changed on another device.";
  }

  @Override
  public String passwordChangeTookEffect() {
    return "an interrupted password change had taken effect: the new password holds.";
  }

  @Override
  public String newerBackup(long backupNumber) {
    return "the vault knows of backup " + backupNumber + ", which another device made.";
  }

  @Override
  public String rollbackNotExcluded(long receipts) {
    return "the vault did "
        + receipts
        + " things for this account since this device last heard of it, more than it can prove: it"
        + " cannot be excluded that an earlier state was put back, and with it attempts that had"
        + " been spent. If you know of no reason for so many, choose a new password.";
  }
}
