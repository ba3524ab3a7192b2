package lockstep.device.vault;

import lockstep.spec.NonNormative;

/** Carries a failure out of a conversation's steps to the protocol, where it becomes a value. */
public final class ConversationEnded extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient VaultFailure failure;

  public ConversationEnded(VaultFailure failure) {
    super(null, null, false, false);
    this.failure = failure;
  }

  @NonNormative("why the conversation ended, for the procedure that reports it")
  public VaultFailure failure() {
    return failure;
  }
}
