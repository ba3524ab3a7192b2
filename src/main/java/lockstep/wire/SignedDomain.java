package lockstep.wire;

/** The labels that begin what is signed, authenticated or hashed, each for one purpose only. */
enum SignedDomain {
  ACCOUNT_TOKEN("lockstep/v1/account-token"),
  SIGNED_COMMAND("lockstep/v1/signed-command"),
  SESSION_COMMAND("lockstep/v1/session-command"),
  STAGE_COMMAND("lockstep/v1/stage-command"),
  COMMAND_KEY_PROOF("lockstep/v1/command-key-proof"),
  RECEIPT("lockstep/v1/receipt"),
  REPLY("lockstep/v1/reply"),
  VAULT_ID("lockstep/v1/vault-id");

  private final String label;

  SignedDomain(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** A writer that already holds the label. */
  WireWriter begin() {
    return new WireWriter().ascii(label);
  }
}
