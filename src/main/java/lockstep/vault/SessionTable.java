package lockstep.vault;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lockstep.opaque.server.ServerLogin;
import lockstep.secret.Hmac;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Sha256;

/**
 * The secrets of the sessions that have not ended, in memory only. A login leaves the table before
 * its KE3 is compared, so that no second KE3 ever is. The machine decides when a session has ended;
 * the time here only bounds memory.
 */
@Implements({"SES-3~1", "SES-4~1", "SES-5~1"})
final class SessionTable implements AutoCloseable {

  static final int MAX_SESSIONS = 10_000;

  private final Map<Bytes, Login> logins = new HashMap<>();
  private final Map<Bytes, Verified> verified = new HashMap<>();

  /**
   * A login that waits for its KE3.
   *
   * @param account whose it is
   * @param login the vault's side of it
   * @param wrap what a valid KE3 releases
   * @param expiresAt when it ends, in milliseconds since 1970
   */
  record Login(AccountName account, ServerLogin login, Bytes wrap, long expiresAt) {}

  /** Whether another login fits, once those that have expired are wiped. */
  synchronized boolean hasRoom(long now) {
    expire(now);
    return logins.size() + verified.size() < MAX_SESSIONS;
  }

  synchronized void put(Bytes sessionId, Login login) {
    logins.put(sessionId, login);
  }

  /** Removes the account's login of that id, if it is there and has not expired. */
  synchronized Optional<Login> take(Bytes sessionId, AccountName account, long now) {
    expire(now);
    Login found = logins.get(sessionId);
    if (found == null || !found.account().equals(account)) {
      return Optional.empty();
    }
    logins.remove(sessionId);
    return Optional.of(found);
  }

  /** Remembers the key of a session's MACs, which the table wipes. */
  synchronized void putVerified(
      Bytes sessionId, AccountName account, SecretBytes macKey, long expiresAt) {
    verified.put(sessionId, new Verified(account, macKey, expiresAt));
  }

  /**
   * Whether {@code mac} authorises {@code message} in that verified session; the first message that
   * it does uses the session up for any other.
   */
  @Implements("AUT-5~1")
  synchronized boolean authorises(
      Bytes sessionId, AccountName account, byte[] macInput, Bytes mac, long now) {
    expire(now);
    Verified session = verified.get(sessionId);
    if (session == null || !session.account.equals(account)) {
      return false;
    }
    return MessageDigest.isEqual(Hmac.sha256(session.macKey, macInput), mac.toArray())
        && session.isFor(Sha256.of(macInput));
  }

  /** Wipes every session. */
  @Override
  public synchronized void close() {
    expire(Long.MAX_VALUE);
  }

  private void expire(long now) {
    logins
        .values()
        .removeIf(
            login -> {
              boolean over = login.expiresAt() <= now;
              if (over) {
                login.login().close();
              }
              return over;
            });
    verified
        .values()
        .removeIf(
            session -> {
              boolean over = session.expiresAt <= now;
              if (over) {
                session.macKey.close();
              }
              return over;
            });
  }

  /** A verified session; not a record, since it holds a key. */
  private static final class Verified {

    private final AccountName account;
    private final SecretBytes macKey;
    private final long expiresAt;
    private Optional<Bytes> usedFor = Optional.empty();

    Verified(AccountName account, SecretBytes macKey, long expiresAt) {
      this.account = account;
      this.macKey = macKey;
      this.expiresAt = expiresAt;
    }

    boolean isFor(Bytes message) {
      if (usedFor.isEmpty()) {
        usedFor = Optional.of(message);
      }
      return usedFor.get().equals(message);
    }
  }
}
