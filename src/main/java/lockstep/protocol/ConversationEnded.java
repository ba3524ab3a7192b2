package lockstep.protocol;

/** Carries a failure out of a conversation's steps to the protocol, where it becomes a value. */
final class ConversationEnded extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient VaultFailure failure;

  ConversationEnded(VaultFailure failure) {
    super(null, null, false, false);
    this.failure = failure;
  }

  VaultFailure failure() {
    return failure;
  }
}
