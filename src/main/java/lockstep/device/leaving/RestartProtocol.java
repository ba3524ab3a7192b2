package lockstep.device.leaving;

import java.io.IOException;
import lockstep.device.state.Device;
import lockstep.device.vault.ConversationEnded;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultConversation;
import lockstep.spec.Decides;
import lockstep.wire.AccountName;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** Starting afresh without password, key and device: requested now, completed seven days later. */
@Decides("DIS-3")
public final class RestartProtocol {

  private final Device device;
  private final VaultConnection vault;

  /** Restarts at that vault. */
  public RestartProtocol(Device device, VaultConnection vault) {
    this.device = device;
    this.vault = vault;
  }

  /** Asks for a restart, or for when the one asked for before may be completed. */
  public RestartOutcome request(AccountName account) throws IOException {
    try {
      VaultConversation conversation = VaultConversation.begin(device, vault, account);
      return outcome(
          conversation,
          conversation.send(
              authority -> new Request.Restart(account, authority), conversation.token()));
    } catch (ConversationEnded ended) {
      return new RestartOutcome.VaultFailed(ended.failure());
    }
  }

  /** Completes a restart whose seven days are over. */
  public RestartOutcome complete(AccountName account) throws IOException {
    try {
      VaultConversation conversation = VaultConversation.begin(device, vault, account);
      return outcome(
          conversation,
          conversation.send(
              authority -> new Request.CompleteRestart(account, authority), conversation.token()));
    } catch (ConversationEnded ended) {
      return new RestartOutcome.VaultFailed(ended.failure());
    }
  }

  private static RestartOutcome outcome(VaultConversation conversation, Reply reply)
      throws IOException, ConversationEnded {
    if (reply instanceof Reply.RestartPending pending) {
      return new RestartOutcome.Pending(pending.completesAt());
    }
    if (reply instanceof Reply.Restarted) {
      return new RestartOutcome.Restarted();
    }
    if (reply instanceof Refusal.NotEnrolled) {
      return new RestartOutcome.NotEnrolled();
    }
    if (reply instanceof Refusal.Conflict conflict
        && conflict.reason() == Refusal.Reason.NO_RESTART) {
      // Sent again after it was carried out, the vault has none to complete: its report says which.
      return conversation.status(conversation.token()).record() == Reply.RecordState.RESTARTED
          ? new RestartOutcome.Restarted()
          : new RestartOutcome.NotRequested();
    }
    throw conversation.unexpected(reply);
  }
}
