package lockstep.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import lockstep.spec.Implements;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;

/** The store and the time that commands carry; a failure unwinds to {@link BackupKeyVault}. */
@Implements({"LIM-2", "ATR-6"})
final class StoreAccess {

  private final VaultStore store;
  private final InstantSource clock;

  StoreAccess(VaultStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Milliseconds since 1970, at least 0. */
  long now() {
    return Math.max(0, clock.millis());
  }

  /** Some accounts of which something has to be erased by now. */
  List<AccountName> due(int most) throws IOException {
    return store.due(now(), most);
  }

  /** The machine's reply, durable when this returns. */
  VaultReply submit(AccountName account, VaultCommand command) {
    try {
      return store.submit(account, command);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns if what was decided is the vault's word still. */
  void confirm() {
    try {
      store.confirm();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
