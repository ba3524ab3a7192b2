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

  private EmbeddedVault(BackupKeyVault vault, SqliteVaultStore store) {
    this.vault = vault;
    this.store = store;
  }

  /**
   * The vault over its store, in which nothing is left that had to be erased by now.
   *
   * @throws IOException if it could not be erased; the store is closed
   */
  @Implements("ATR-13~2")
  static EmbeddedVault swept(BackupKeyVault vault, SqliteVaultStore store) throws IOException {
    EmbeddedVault embedded = new EmbeddedVault(vault, store);
    try {
      embedded.sweep();
      return embedded;
    } catch (IOException | RuntimeException failed) {
      embedded.close();
      throw failed;
    }
  }

  /**
   * Erases what is over by now.
   *
   * @throws IOException if it could not be erased; it is due still
   */
  @Implements("ATR-13~2")
  void sweep() throws IOException {
    vault.sweep();
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
