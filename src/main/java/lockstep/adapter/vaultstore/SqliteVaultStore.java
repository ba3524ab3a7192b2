package lockstep.adapter.vaultstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.StateSealing;
import lockstep.vault.machine.Decision;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultMachine;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Accounts in one SQLite database, a row each. Threads and processes queue for the one writer; a
 * reply leaves only when its commit is on the disk, and with it no file of the database holds what
 * was erased: the page is overwritten where it stood, and the journal is emptied by the commit.
 */
@Decides({"ATR-3", "ATR-4~2"})
@Implements({"LIM-2", "ATR-5~2", "ATR-6", "ATR-12"})
public final class SqliteVaultStore implements VaultStore, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path file;
  private final VaultDatabase database;
  private final DurableStep observer;

  private SqliteVaultStore(Path file, VaultDatabase database, DurableStep observer) {
    this.file = file;
    this.database = database;
    this.observer = observer;
  }

  /** Makes an empty database with access for its owner only, where no file is. */
  static void create(Path file, DurableFiles files, StateSealing sealing, SecureRandom random)
      throws IOException {
    files.create(file, new byte[0]);
    try (VaultDatabase database = VaultDatabase.open(file, sealing, PATIENCE)) {
      database.createTables(random);
    } catch (SQLException failure) {
      throw asIoException(failure);
    }
    files.syncFile(file);
  }

  /**
   * Opens a vault's database and checks the whole of it.
   *
   * @param sealing of the vault that it belongs to
   * @param observer is told of each commit before it happens
   * @throws NoSuchFileException if it is not there
   * @throws VaultDamagedException if it is not a whole database of this format
   * @throws IOException if it cannot be opened
   */
  public static SqliteVaultStore open(Path file, StateSealing sealing, DurableStep observer)
      throws IOException {
    return open(file, sealing, observer, PATIENCE);
  }

  /** Opens it; {@code patience} is how long to wait for other processes before giving up. */
  static SqliteVaultStore open(
      Path file, StateSealing sealing, DurableStep observer, Duration patience) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try {
      VaultDatabase database = VaultDatabase.open(file, sealing, patience);
      try {
        if (!database.isSound() || database.progress().isPresent()) {
          throw new VaultDamagedException("not a whole vault database, or a replica's");
        }
      } catch (SQLException | IOException failure) {
        database.close();
        throw failure;
      }
      return new SqliteVaultStore(file, database, observer);
    } catch (SQLException failure) {
      throw asIoException(failure);
    }
  }

  @Override
  public synchronized VaultReply submit(AccountName account, VaultCommand command)
      throws IOException {
    try {
      return decideInTransaction(account, command);
    } catch (SQLException failure) {
      throw asIoException(failure);
    }
  }

  @Override
  @Implements("ATR-13~2")
  public synchronized List<AccountName> due(long time, int most) throws IOException {
    try {
      return database.due(time, most);
    } catch (SQLException failure) {
      throw asIoException(failure);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      database.close();
    } catch (SQLException failure) {
      throw asIoException(failure);
    }
  }

  private VaultReply decideInTransaction(AccountName account, VaultCommand command)
      throws SQLException, IOException {
    boolean committed = false;
    database.begin();
    try {
      Optional<VaultDatabase.Row> stored = database.row(account);
      Optional<Bytes> state =
          stored.isPresent()
              ? Optional.of(database.state(account, stored.get()))
              : Optional.empty();
      Decision decision = VaultMachine.decide(account, state, command);
      if (decision.replacement().isPresent()) {
        Bytes next = decision.replacement().get();
        if (stored.isPresent()) {
          database.replace(account, stored.get(), next, decision.due());
        } else {
          database.add(account, next, decision.due());
        }
        observer.reached(DurableStep.Kind.COMMIT, file);
        database.commit();
        committed = true;
      }
      return decision.reply();
    } finally {
      if (!committed) {
        database.rollback();
      }
    }
  }

  static IOException asIoException(SQLException failure) {
    if (failure instanceof SQLiteException sqlite) {
      SQLiteErrorCode code = sqlite.getResultCode();
      int primary = code.code & 0xff;
      if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
          || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
        return new VaultDamagedException("vault database: " + code.name());
      }
      return new IOException("vault database: " + code.name(), failure);
    }
    return new IOException("vault database failed", failure);
  }
}
