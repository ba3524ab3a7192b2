package lockstep.device.vault;

import java.io.IOException;
import lockstep.spec.NonNormative;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.VaultId;

/** The messenger, which knows who holds an account and says so to one vault (AUT-2). */
@FunctionalInterface
@NonNormative("a port; its adapter carries the clauses out")
public interface AccountTokens {

  /**
   * A fresh token for that account and that vault.
   *
   * @throws IOException when the messenger cannot be reached or does not give one
   */
  AccountToken tokenFor(AccountName account, VaultId vaultId) throws IOException;
}
