package lockstep.adapter.vaultstore;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import lockstep.vault.StateSealing;
import lockstep.vault.VaultKeys;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;

/**
 * Reads accounts as they are on the disk, and puts them back, with the vault's own keys: to the
 * vault it is another of its processes. Tests that begin with the same account over and over use
 * it.
 */
public final class RowKeeper implements AutoCloseable {

  private final VaultDatabase database;

  private RowKeeper(VaultDatabase database) {
    this.database = database;
  }

  /** The keeper of the vault in that directory. */
  public static RowKeeper of(Path vault) throws IOException {
    try {
      return new RowKeeper(
          VaultDatabase.open(vault.resolve("db/vault.db"), sealing(vault), Duration.ofSeconds(30)));
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  /** The sealing of the vault in that directory. */
  public static StateSealing sealing(Path vault) throws IOException {
    KeyDirectory directory = new KeyDirectory(vault.resolve("keys"));
    try (VaultKeys keys = directory.keys()) {
      return new StateSealing(directory.keyset(), VaultId.of(keys.publicKey()));
    }
  }

  /** The account's state, if it has one. */
  public Optional<Bytes> state(AccountName account) throws IOException {
    try {
      Optional<VaultDatabase.Row> row = database.row(account);
      return row.isPresent() ? Optional.of(database.state(account, row.get())) : Optional.empty();
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  /** Replaces the account's state. */
  public void put(AccountName account, Bytes state, OptionalLong due) throws IOException {
    try {
      database.begin();
      database.replace(account, database.row(account).orElseThrow(), state, due);
      database.commit();
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      database.close();
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }
}
