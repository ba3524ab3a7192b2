package lockstep.vault;

import java.util.Optional;
import lockstep.opaque.KE3;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Sha256;

/**
 * How the one KE3 of a session compared, and what was said to it: so that the same KE3, sent again,
 * gets the same answer, and so that a store that failed loses no right one.
 */
@Decides("SES-10")
@Implements("SES-4~2")
final class SessionProof implements AutoCloseable {

  private final SessionTable.Login login;
  private final Bytes ke3;
  private final Optional<SecretBytes> sessionKey;
  private Optional<Reply> reply = Optional.empty();

  /** Compares; the login is used up by it. */
  SessionProof(SessionTable.Login login, KE3 received) {
    this.login = login;
    this.ke3 = digest(received);
    this.sessionKey = login.login().finish(received);
  }

  SessionTable.Login login() {
    return login;
  }

  long expiresAt() {
    return login.expiresAt();
  }

  boolean isOf(AccountName account, KE3 received) {
    return login.account().equals(account) && ke3.equals(digest(received));
  }

  /** The session key, the caller's to close, if the KE3 was the right one. */
  Optional<SecretBytes> proven() {
    return sessionKey.map(SecretBytes::duplicate);
  }

  /** What was said to it, once the decision was durable. */
  Optional<Reply> reply() {
    return reply;
  }

  /** Keeps what is said to it, and wipes what is not needed for that any more. */
  Reply answer(Reply said) {
    reply = Optional.of(said);
    close();
    return said;
  }

  @Override
  public void close() {
    sessionKey.ifPresent(SecretBytes::close);
  }

  private static Bytes digest(KE3 received) {
    return Sha256.of(received.encode());
  }
}
