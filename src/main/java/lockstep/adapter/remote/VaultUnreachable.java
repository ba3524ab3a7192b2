package lockstep.adapter.remote;

import java.io.IOException;

/** No reply came from the vault; the request may have been carried out all the same. */
public final class VaultUnreachable extends IOException {

  private static final long serialVersionUID = 1;

  /** Why there is no reply. */
  public enum Reason {
    /** The vault's command ended, or could not be started. */
    COMMAND_ENDED,
    /** Nothing came within the time. */
    SILENT,
    /** What came is no frame of a message. */
    NO_MESSAGE,
    /** The vault said that it has no reply. */
    NO_REPLY,
    /** Nobody answers at the vault's address; nothing was sent. */
    DOWN,
    /** The certificate is not that of the vault's server; nothing was sent. */
    OTHER_CERTIFICATE,
    /** The certificate is out of date, or not valid yet; nothing was sent. */
    CERTIFICATE_DATE,
    /** The server speaks no TLS 1.3, or ends before it does; nothing was sent. */
    NO_TLS,
    /** The server has too much to do and did nothing with the message. */
    BUSY,
    /** The connection broke after the message was sent, or while it was. */
    BROKEN;

    /** Whether it is certain that the vault has done nothing with the request. */
    boolean isNothingDone() {
      return this == DOWN || this == NO_TLS || this == BUSY;
    }
  }

  private final Reason reason;

  VaultUnreachable(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  /** Why there is no reply. */
  public Reason reason() {
    return reason;
  }
}
