package lockstep.adapter.vaultstore;

import java.io.IOException;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Implements;
import lockstep.vault.BackupKeyVault;
import lockstep.vault.machine.VaultDamagedException;

/**
 * A vault in this process, spoken to in encoded messages like any other. Its sessions end when it
 * is closed. Safe for use by several threads; several processes may have the same vault open.
 */
@Implements("SES-5")
public final class EmbeddedVault implements VaultClient, AutoCloseable {

  private final BackupKeyVault vault;
  private final SqliteVaultStore store;

  EmbeddedVault(BackupKeyVault vault, SqliteVaultStore store) {
    this.vault = vault;
    this.store = store;
  }

  /**
   * The signed reply to a request message.
   *
   * @throws VaultDamagedException if what is stored of the account is damaged
   */
  @Override
  public byte[] exchange(byte[] request) throws VaultDamagedException {
    return vault.exchange(request);
  }

  /** Ends all sessions, wipes the keys and closes the database. */
  @Override
  public void close() throws IOException {
    vault.close();
    store.close();
  }
}
