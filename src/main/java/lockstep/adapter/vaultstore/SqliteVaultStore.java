package lockstep.adapter.vaultstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
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
 * reply leaves only when its commit is on the disk, and after an erasure only when no file of the
 * database holds the erased record.
 */
@Decides("ATR-3")
@Implements({"LIM-2", "ATR-4", "ATR-5", "ATR-6"})
public final class SqliteVaultStore implements VaultStore, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 20;

  private final Path file;
  private final VaultDatabase database;
  private final DurableStep observer;
  private final Duration patience;
  private boolean erasureDue;

  private SqliteVaultStore(
      Path file, VaultDatabase database, DurableStep observer, Duration patience) {
    this.file = file;
    this.database = database;
    this.observer = observer;
    this.patience = patience;
  }

  /** Makes an empty database with access for its owner only, where no file is. */
  static void create(Path file, DurableFiles files) throws IOException {
    files.create(file, new byte[0]);
    try (VaultDatabase database = VaultDatabase.open(file, PATIENCE)) {
      database.createTables();
    } catch (SQLException failure) {
      throw asIoException(failure);
    }
    files.syncFile(file);
  }

  /**
   * Opens a vault's database and checks the whole of it.
   *
   * @param observer is told of each commit before it happens
   * @throws NoSuchFileException if it is not there
   * @throws VaultDamagedException if it is not a whole database of this format
   * @throws IOException if it cannot be opened
   */
  public static SqliteVaultStore open(Path file, DurableStep observer) throws IOException {
    return open(file, observer, PATIENCE);
  }

  /** Opens it; {@code patience} is how long to wait for other processes before giving up. */
  static SqliteVaultStore open(Path file, DurableStep observer, Duration patience)
      throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try {
      VaultDatabase database = VaultDatabase.open(file, patience);
      try {
        if (!database.isSound()) {
          throw new VaultDamagedException("not a whole vault database");
        }
        database.emptyLog();
      } catch (SQLException | IOException failure) {
        database.close();
        throw failure;
      }
      return new SqliteVaultStore(file, database, observer, patience);
    } catch (SQLException failure) {
      throw asIoException(failure);
    }
  }

  @Override
  public synchronized VaultReply submit(AccountName account, VaultCommand command)
      throws IOException {
    try {
      finishErasure();
      VaultReply reply = decideInTransaction(account, command);
      finishErasure();
      return reply;
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
      Optional<byte[]> stored = database.state(account.utf8());
      Decision decision = VaultMachine.decide(account, stored.map(Bytes::copyOf), command);
      if (decision.replacement().isPresent()) {
        byte[] state = decision.replacement().get().toArray();
        if (stored.isPresent()) {
          database.replaceState(account.utf8(), state);
        } else {
          database.addAccount(account.utf8(), state);
        }
        observer.reached(DurableStep.Kind.COMMIT, file);
        erasureDue |= decision.erases();
        database.commit();
        committed = true;
      }
      return decision.reply();
    } finally {
      if (!committed) {
        rollback();
      }
    }
  }

  /** SQLite may have rolled back by itself, as it does when the disk is full. */
  private void rollback() {
    try {
      database.rollback();
    } catch (SQLException alreadyRolledBack) {
      return;
    }
  }

  /** Another process's checkpoint or reader may be in the way for a moment. */
  @Decides("ATR-4")
  private void finishErasure() throws SQLException, IOException {
    long begun = System.nanoTime();
    if (erasureDue) {
      observer.reached(DurableStep.Kind.REMOVE, file);
    }
    while (erasureDue) {
      if (database.emptyLog()) {
        erasureDue = false;
      } else if (System.nanoTime() - begun > patience.toNanos()) {
        throw new IOException("the erased record could not be removed from the log yet");
      } else {
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static IOException asIoException(SQLException failure) {
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
