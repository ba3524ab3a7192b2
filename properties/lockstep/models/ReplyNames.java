package lockstep.models;

import lockstep.vault.machine.VaultReply;
import lockstep.wire.Refusal;

/** Replies of the machine as {@code spec/models/machine.als} names them. */
final class ReplyNames implements VaultReply.Cases<String> {

  private ReplyNames() {}

  /** The model's name of a reply. */
  static String of(VaultReply reply) {
    return reply.match(new ReplyNames());
  }

  @Override
  public String declined(VaultReply.Declined declined) {
    Refusal refusal = declined.refusal();
    if (refusal instanceof Refusal.Conflict conflict) {
      return switch (conflict.reason()) {
        case NO_SUCH_STAGE -> "NoSuchStage";
        case OTHER_REQUEST -> "OtherRequest";
        case ALREADY_CONFIRMED -> "AlreadyConfirmed";
        default -> conflict.reason().name();
      };
    }
    if (refusal instanceof Refusal.Locked) {
      return "SaysLocked";
    }
    return refusal instanceof Refusal.Destroyed
        ? "SaysDestroyed"
        : refusal.getClass().getSimpleName();
  }

  @Override
  public String permit(VaultReply.Permit permit) {
    return "Permit";
  }

  @Override
  public String verified(VaultReply.Verified verified) {
    return "SaysVerified";
  }

  @Override
  public String reserved(VaultReply.Reserved reserved) {
    return "SaysReserved";
  }

  @Override
  public String recorded(VaultReply.Recorded recorded) {
    return "SaysRecorded";
  }

  @Override
  public String ended(VaultReply.Ended ended) {
    return "Ended";
  }

  @Override
  public String carried(VaultReply.Carried carried) {
    return "Carried";
  }

  @Override
  public String restartPending(VaultReply.RestartPending restartPending) {
    return "RestartPending";
  }

  @Override
  public String observed(VaultReply.Observed observed) {
    return "Observed";
  }

  @Override
  public String settled(VaultReply.Settled settled) {
    return "Settled";
  }

  @Override
  public String keys(VaultReply.Keys keys) {
    return "Keys";
  }
}
