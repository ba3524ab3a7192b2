package lockstep.vault;

import java.io.IOException;
import lockstep.trace.Implements;
import lockstep.wire.AccountName;

/** Keeps every account's state. Implemented by an adapter; safe for use by several threads. */
@Implements({"ATR-3~1", "ATR-6~1"})
public interface VaultStore {

  /**
   * Lets {@link VaultMachine} decide on the account's stored bytes in one transaction, and returns
   * its reply once the replacement, if there is one, would survive loss of power.
   *
   * @throws VaultDamagedException if the stored bytes are damaged; nothing was written
   * @throws IOException if the result could not be made durable; it may or may not be there
   */
  VaultReply submit(AccountName account, VaultCommand command) throws IOException;
}
