package lockstep.vault;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lockstep.secret.Hmac;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * Challenges for an account, valid for 60 seconds and for one accepted signature. A challenge
 * authenticates itself, so that issuing one takes no memory and asks nothing of the account; only
 * the used ones are kept, until they expire.
 */
@Implements("AUT-4")
final class ChallengeTable implements AutoCloseable {

  static final long LIFETIME_MILLIS = 60_000L;

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 8;
  private static final int TAG_BYTES = 16;
  private static final int MAX_USED = 100_000;
  private static final int MAX_USED_OF_ONE_ACCOUNT = 1_000;

  private final SecretBytes key;
  private final SecureRandom random;
  private final Map<Bytes, Long> used = new HashMap<>();
  private final Map<AccountName, Integer> usedOf = new HashMap<>();
  private final Map<Bytes, AccountName> usedBy = new HashMap<>();
  private long latest;

  ChallengeTable(SecureRandom random) {
    this.key = SecretBytes.random(random, KEY_BYTES);
    this.random = random;
  }

  /** A challenge of 32 bytes. */
  synchronized Bytes issue(AccountName account, long now) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] head = new WireWriter().u64(observe(now) + LIFETIME_MILLIS).bytes(nonce).toByteArray();
    return Bytes.copyOf(new WireWriter().bytes(head).bytes(tag(account, head)).toByteArray());
  }

  /** Whether this vault issued it to this account, and it has neither expired nor been used. */
  synchronized boolean isOpen(AccountName account, Bytes challenge, long now) {
    byte[] bytes = challenge.toArray();
    byte[] head = Arrays.copyOf(bytes, Long.BYTES + NONCE_BYTES);
    byte[] tag = Arrays.copyOfRange(bytes, head.length, bytes.length);
    return MessageDigest.isEqual(tag, tag(account, head))
        && observe(now) < expiry(head)
        && !used.containsKey(challenge);
  }

  /** Uses an open challenge up; false if another thread was faster or too many are in use. */
  synchronized boolean use(AccountName account, Bytes challenge, long now) {
    long time = observe(now);
    used.entrySet().removeIf(one -> one.getValue() <= time && forget(one.getKey()));
    boolean fits =
        used.size() < MAX_USED && usedOf.getOrDefault(account, 0) < MAX_USED_OF_ONE_ACCOUNT;
    if (!isOpen(account, challenge, now) || !fits) {
      return false;
    }
    used.put(challenge, expiry(challenge.toArray()));
    usedBy.put(challenge, account);
    usedOf.merge(account, 1, Integer::sum);
    return true;
  }

  private boolean forget(Bytes challenge) {
    Optional.ofNullable(usedBy.remove(challenge))
        .ifPresent(account -> usedOf.computeIfPresent(account, (any, n) -> n == 1 ? null : n - 1));
    return true;
  }

  @Override
  public void close() {
    key.close();
  }

  /** A clock set back must not revive a used challenge that was forgotten since. */
  private long observe(long now) {
    latest = Math.max(latest, now);
    return latest;
  }

  private static long expiry(byte[] challenge) {
    Optional<Long> expiresAt =
        WireReader.decode(Arrays.copyOf(challenge, Long.BYTES), WireReader::u64);
    return expiresAt.orElse(0L);
  }

  private byte[] tag(AccountName account, byte[] head) {
    byte[] input = new WireWriter().bytes(head).account(account).toByteArray();
    return Arrays.copyOf(Hmac.sha256(key, input), TAG_BYTES);
  }
}
