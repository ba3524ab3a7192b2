package lockstep.vault;

import lockstep.vault.machine.VaultReply;
import lockstep.wire.Reply;

/**
 * Turns the machine's reply into the device's. A desk overrides what its command can get; a refusal
 * is passed on, and anything else is a store that did not run the machine.
 */
interface ReplyShape extends VaultReply.Cases<Reply> {

  @Override
  default Reply declined(VaultReply.Declined declined) {
    return declined.refusal();
  }

  @Override
  default Reply permit(VaultReply.Permit permit) {
    throw unexpected();
  }

  @Override
  default Reply verified(VaultReply.Verified verified) {
    throw unexpected();
  }

  @Override
  default Reply reserved(VaultReply.Reserved reserved) {
    throw unexpected();
  }

  @Override
  default Reply recorded(VaultReply.Recorded recorded) {
    throw unexpected();
  }

  @Override
  default Reply ended(VaultReply.Ended ended) {
    throw unexpected();
  }

  @Override
  default Reply carried(VaultReply.Carried carried) {
    throw unexpected();
  }

  @Override
  default Reply restartPending(VaultReply.RestartPending restartPending) {
    throw unexpected();
  }

  @Override
  default Reply observed(VaultReply.Observed observed) {
    throw unexpected();
  }

  @Override
  default Reply settled(VaultReply.Settled settled) {
    throw unexpected();
  }

  @Override
  default Reply keys(VaultReply.Keys keys) {
    throw unexpected();
  }

  private static IllegalStateException unexpected() {
    return new IllegalStateException("the store did not run the machine");
  }
}
