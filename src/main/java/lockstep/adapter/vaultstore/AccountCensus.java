package lockstep.adapter.vaultstore;

import java.util.Arrays;
import lockstep.wire.Sha256;

/**
 * How many accounts a database holds, and the exclusive or of the SHA-256 of their names. It makes
 * a row noticed that is gone or has another name, which would give its account a fresh budget.
 */
final class AccountCensus {

  private long accounts;
  private final byte[] names;

  AccountCensus() {
    this(0, new byte[Sha256.LENGTH_BYTES]);
  }

  AccountCensus(long accounts, byte[] names) {
    this.accounts = accounts;
    this.names = names.clone();
  }

  void add(byte[] name) {
    byte[] digest = Sha256.of(name).toArray();
    accounts++;
    for (int i = 0; i < Sha256.LENGTH_BYTES; i++) {
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
    return names.length == Sha256.LENGTH_BYTES;
  }

  boolean agreesWith(AccountCensus other) {
    return accounts == other.accounts && Arrays.equals(names, other.names);
  }
}
