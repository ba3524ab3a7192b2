package lockstep.vault.machine;

import java.io.IOException;
import java.util.List;
import lockstep.spec.NonNormative;
import lockstep.wire.AccountName;

/** Keeps every account's state. Implemented by an adapter; safe for use by several threads. */
@NonNormative("a port; its adapter carries the clauses out")
public interface VaultStore {

  /**
   * Lets {@link VaultMachine} decide on the account's stored bytes in one transaction (ATR-6), and
   * returns its reply once the replacement, if there is one, would survive loss of power (ATR-3).
   *
   * @throws VaultDamagedException if the stored bytes are damaged; nothing was written
   * @throws IOException if the result could not be made durable; it may or may not be there
   */
  VaultReply submit(AccountName account, VaultCommand command) throws IOException;

  /**
   * Accounts whose last {@link Decision#due} is not after {@code time}, at most {@code most} of
   * them (ATR-13).
   *
   * @throws VaultDamagedException if it cannot be told which they are
   */
  List<AccountName> due(long time, int most) throws IOException;

  /**
   * Returns once it is certain that what this store decided, and nobody else, has been the vault's
   * last word so far; a store that is the only one always is (REP-5).
   *
   * @throws IOException if that cannot be told
   */
  default void confirm() throws IOException {}
}
