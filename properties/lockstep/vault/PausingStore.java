package lockstep.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import lockstep.adapter.vaultstore.SqliteVaultStore;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/**
 * The real store on a disk, which stops the attempts that it is told of; it can be ended like a
 * process, and its file is read by a connection of its own.
 */
final class PausingStore implements VaultStore, AutoCloseable {

  private final Path directory;
  private static final ThreadLocal<PausedAttempt> ATTEMPT = new ThreadLocal<>();
  private final Connection reader;
  private volatile SqliteVaultStore store;

  /** A store in a directory of its own, which is gone when this is closed. */
  PausingStore() throws IOException, SQLException {
    this.directory = Files.createTempDirectory("lockstep-vault");
    this.store = DiskVault.store(directory);
    this.reader =
        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("vault/db/vault.db"));
  }

  /** This thread's attempt stops here from now on. */
  void pausing(PausedAttempt paused) {
    ATTEMPT.set(paused);
  }

  @Override
  public VaultReply submit(AccountName account, VaultCommand command) throws IOException {
    PausedAttempt paused = ATTEMPT.get();
    if (paused == null || !(command instanceof VaultCommand.Charge charge)) {
      return store.submit(account, command);
    }
    paused.pause(charge.attemptId());
    VaultReply reply = store.submit(account, command);
    paused.pause(charge.attemptId());
    return reply;
  }

  /** What a new process finds. */
  void reopen() throws IOException {
    store.close();
    store = DiskVault.store(directory);
  }

  /** Whether the account is on the disk. */
  boolean has(AccountName account) throws SQLException {
    return read(account).isPresent();
  }

  /** The account's bytes on the disk. */
  Bytes stored(AccountName account) throws SQLException {
    return read(account).orElseThrow(() -> new SQLException("no such account"));
  }

  private Optional<Bytes> read(AccountName account) throws SQLException {
    try (PreparedStatement select =
        reader.prepareStatement("SELECT state FROM accounts WHERE account = ?")) {
      select.setBytes(1, account.utf8());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(Bytes.copyOf(row.getBytes(1))) : Optional.empty();
      }
    }
  }

  /** Puts the account on the disk back to what it was. */
  void restore(AccountName account, Bytes stored) throws SQLException {
    try (PreparedStatement update =
        reader.prepareStatement("UPDATE accounts SET state = ? WHERE account = ?")) {
      update.setBytes(1, stored.toArray());
      update.setBytes(2, account.utf8());
      update.executeUpdate();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
    store.close();
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
