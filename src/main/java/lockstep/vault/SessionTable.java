package lockstep.vault;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.opaque.KE3;
import lockstep.opaque.server.ServerLogin;
import lockstep.secret.Hmac;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.machine.AccountState;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Sha256;

/**
 * The secrets of the sessions that have not ended, in memory only. A login leaves the table before
 * its KE3 is compared, so that no second KE3 ever is; what was said to a request or a KE3 is said
 * to the same one again. The machine decides when a session has ended; the time here only bounds
 * memory.
 */
@Decides("SES-5")
@Implements({"SES-3", "SES-4~2"})
final class SessionTable implements AutoCloseable {

  static final int MAX_SESSIONS = 10_000;
  static final int MAX_OF_ONE_ACCOUNT = AccountState.MAX_SESSIONS;

  private final Map<Bytes, Login> logins = new HashMap<>();
  private final Map<Bytes, Verified> verified = new LinkedHashMap<>();
  private final Map<Bytes, SessionProof> proofs = new HashMap<>();
  private final Map<Bytes, Answered> answered = new LinkedHashMap<>();

  /**
   * A login that waits for its KE3.
   *
   * @param account whose it is
   * @param login the vault's side of it
   * @param wrap what a valid KE3 releases
   * @param expiresAt when it ends, in milliseconds since 1970
   */
  record Login(AccountName account, ServerLogin login, Bytes wrap, long expiresAt) {}

  /**
   * What opened a session, and what was said to it.
   *
   * @param account whose session it is
   * @param request SHA-256 of the request without its nonce
   * @param reply the answer
   * @param expiresAt when the session ends, in milliseconds since 1970
   */
  private record Answered(AccountName account, Bytes request, Reply reply, long expiresAt) {}

  /** Whether another login fits, once those that have expired are wiped. */
  synchronized boolean hasRoom(long now) {
    expire(now);
    return answered.size() < MAX_SESSIONS && logins.size() + verified.size() < MAX_SESSIONS;
  }

  /** Keeps what was said to the request that opened a session; ends the account's oldest of 65. */
  @Implements({"SES-10", "SES-9"})
  synchronized void keep(
      Bytes sessionId, AccountName account, Bytes request, Reply reply, long expiresAt) {
    answered.put(sessionId, new Answered(account, request, reply, expiresAt));
    List<Bytes> ofAccount =
        answered.entrySet().stream()
            .filter(one -> one.getValue().account().equals(account))
            .map(Map.Entry::getKey)
            .toList();
    if (ofAccount.size() > MAX_OF_ONE_ACCOUNT) {
      forget(ofAccount.get(0));
    }
  }

  /** What was said to the same request before, if its session has not expired. */
  @Implements("SES-10")
  synchronized Optional<Reply> answered(AccountName account, Bytes request, long now) {
    expire(now);
    return answered.values().stream()
        .filter(one -> one.account().equals(account) && one.request().equals(request))
        .map(Answered::reply)
        .findFirst();
  }

  /**
   * The comparison of a session's one KE3; empty where there is no such session, or where another
   * KE3 was compared in it.
   */
  @Implements({"SES-4~2", "SES-10"})
  synchronized Optional<SessionProof> prove(
      Bytes sessionId, AccountName account, KE3 ke3, long now) {
    expire(now);
    SessionProof proof = proofs.get(sessionId);
    if (proof == null) {
      Optional<Login> login = take(sessionId, account, now);
      if (login.isEmpty()) {
        return Optional.empty();
      }
      proof = new SessionProof(login.get(), ke3);
      proofs.put(sessionId, proof);
    }
    return Optional.of(proof).filter(one -> one.isOf(account, ke3));
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
    List<Bytes> ofAccount =
        verified.entrySet().stream()
            .filter(one -> one.getValue().account.equals(account))
            .map(Map.Entry::getKey)
            .toList();
    if (ofAccount.size() > MAX_OF_ONE_ACCOUNT) {
      forget(ofAccount.get(0));
    }
  }

  /**
   * Whether {@code mac} authorises {@code message} in that verified session; the first message that
   * it does uses the session up for any other.
   */
  @Implements({"AUT-5", "AUT-11"})
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

  /** Ends one session, whatever has become of it. */
  private void forget(Bytes sessionId) {
    answered.remove(sessionId);
    Optional.ofNullable(logins.remove(sessionId)).ifPresent(login -> login.login().close());
    Optional.ofNullable(verified.remove(sessionId)).ifPresent(session -> session.macKey.close());
    Optional.ofNullable(proofs.remove(sessionId)).ifPresent(SessionProof::close);
  }

  private void expire(long now) {
    answered.values().removeIf(one -> one.expiresAt() <= now);
    proofs
        .values()
        .removeIf(
            proof -> {
              boolean over = proof.expiresAt() <= now;
              if (over) {
                proof.close();
              }
              return over;
            });
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
