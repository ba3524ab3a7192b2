package lockstep.adapter.vaultstore;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * How many accounts a database holds, and the exclusive or of the SHA-256 of their names. It makes
 * a row noticed that is gone or has another name, which would give its account a fresh budget.
 */
final class AccountCensus {

  private static final int LENGTH = 32;

  private long accounts;
  private final byte[] names;

  AccountCensus() {
    this(0, new byte[LENGTH]);
  }

  AccountCensus(long accounts, byte[] names) {
    this.accounts = accounts;
    this.names = names.clone();
  }

  void add(byte[] name) {
    byte[] digest = sha256(name);
    accounts++;
    for (int i = 0; i < LENGTH; i++) {
      names[i] ^= digest[i];
    }
  }

  long accounts() {
    return accounts;
  }

  byte[] names() {
    return names.clone();
  }

  boolean isInForm() {
    return names.length == LENGTH;
  }

  boolean agreesWith(AccountCensus other) {
    return accounts == other.accounts && Arrays.equals(names, other.names);
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
