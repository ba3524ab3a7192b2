package lockstep.adapter.remote;

import java.io.IOException;

/** Whoever was to give an account token gave none that may be sent. */
public final class NoToken extends IOException {

  private static final long serialVersionUID = 1;

  /** Why there is none. */
  public enum Reason {
    /** The command ended with another exit code than 0, or could not be started. */
    COMMAND_FAILED,
    /** The command did not end in time. */
    SILENT,
    /** The file is not there, or cannot be read. */
    NO_FILE,
    /** What came is no token. */
    NOT_A_TOKEN,
    /** The token is for another account. */
    OTHER_ACCOUNT,
    /** The token is for another vault. */
    OTHER_VAULT
  }

  private final Reason reason;

  NoToken(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  /** Why there is none. */
  public Reason reason() {
    return reason;
  }
}
