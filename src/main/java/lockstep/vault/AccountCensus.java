package lockstep.vault;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import lockstep.secret.Hmac;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.vault.machine.VaultDamagedException;

/**
 * How many accounts a database holds, and the exclusive or of a MAC of each of its rows. The key of
 * the MACs is drawn with the database and stored with the sum, sealed: whoever has no key of the
 * vault can neither remove, rename nor put back a row without the sum being another.
 */
@Implements("ATR-12")
public final class AccountCensus implements AutoCloseable {

  private static final int KEY_BYTES = 32;
  private static final int SUM_BYTES = 32;
  private static final int LENGTH = KEY_BYTES + Long.BYTES + SUM_BYTES;
  private static final long NEVER = -1;

  private final SecretBytes key;
  private long accounts;
  private final byte[] sum;

  private AccountCensus(SecretBytes key, long accounts, byte[] sum) {
    this.key = key;
    this.accounts = accounts;
    this.sum = sum;
  }

  /** The census of a new database. */
  public static AccountCensus ofNone(SecureRandom random) {
    return new AccountCensus(SecretBytes.random(random, KEY_BYTES), 0, new byte[SUM_BYTES]);
  }

  /** The census that {@link #sealed} gave, or empty if {@code stored} is not one of this vault. */
  public static Optional<AccountCensus> opened(StateSealing sealing, byte[] stored)
      throws VaultDamagedException {
    byte[] encoded = sealing.openRegister(stored);
    try {
      return encoded.length == LENGTH
          ? Optional.of(
              new AccountCensus(
                  SecretBytes.copyOf(Arrays.copyOf(encoded, KEY_BYTES)),
                  ByteBuffer.wrap(encoded).getLong(KEY_BYTES),
                  Arrays.copyOfRange(encoded, KEY_BYTES + Long.BYTES, LENGTH)))
          : Optional.empty();
    } finally {
      SecretBytes.wipe(encoded);
    }
  }

  /** The bytes to store. */
  public byte[] sealed(StateSealing sealing) {
    byte[] encoded =
        key.expose(
            bytes -> ByteBuffer.allocate(LENGTH).put(bytes).putLong(accounts).put(sum).array());
    try {
      return sealing.sealRegister(encoded);
    } finally {
      SecretBytes.wipe(encoded);
    }
  }

  /** A census with the same key that has counted nothing yet; the caller's to close. */
  public AccountCensus fromNone() {
    return new AccountCensus(key.duplicate(), 0, new byte[SUM_BYTES]);
  }

  /** Counts a row in. */
  public void add(byte[] account, byte[] state, OptionalLong due) {
    accounts++;
    toggle(account, state, due);
  }

  /** Counts a row's new content in place of its old. */
  public void replace(
      byte[] account, byte[] before, OptionalLong dueBefore, byte[] after, OptionalLong due) {
    toggle(account, before, dueBefore);
    toggle(account, after, due);
  }

  /** Whether both have counted the same rows. */
  public boolean agreesWith(AccountCensus other) {
    return accounts == other.accounts && MessageDigest.isEqual(sum, other.sum);
  }

  @Override
  public void close() {
    key.close();
  }

  private void toggle(byte[] account, byte[] state, OptionalLong due) {
    ByteBuffer row = ByteBuffer.allocate(Short.BYTES + account.length + Long.BYTES + state.length);
    row.putShort((short) account.length).put(account).putLong(due.orElse(NEVER)).put(state);
    byte[] mac = Hmac.sha256(key, row.array());
    for (int i = 0; i < SUM_BYTES; i++) {
      sum[i] ^= mac[i];
    }
  }
}
