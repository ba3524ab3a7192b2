package lockstep.adapter.vaultstore;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection to a vault's database: write-ahead log, every commit synced, deleted content
 * overwritten, several processes queueing for the one writer.
 */
final class VaultDatabase implements AutoCloseable {

  private static final int APPLICATION_ID = 0x4c6b5374;
  private static final int FORMAT = 1;
  private static final int SYNCHRONOUS_FULL = 2;

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE accounts (account BLOB NOT NULL PRIMARY KEY, state BLOB NOT NULL)"
              + " STRICT, WITHOUT ROWID",
          "CREATE TABLE census (id INTEGER PRIMARY KEY CHECK (id = 1), accounts INTEGER NOT NULL,"
              + " names BLOB NOT NULL) STRICT");

  private final Connection connection;

  private VaultDatabase(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens a database file that is there; nothing in it is checked yet.
   *
   * @param patience how long to wait for another writer
   */
  static VaultDatabase open(Path file, Duration patience) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
    VaultDatabase database =
        new VaultDatabase(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
    try {
      database.execute("PRAGMA synchronous = FULL");
      database.execute("PRAGMA secure_delete = ON");
      database.execute("PRAGMA cell_size_check = ON");
      database.execute("PRAGMA trusted_schema = OFF");
      return database;
    } catch (SQLException failed) {
      database.close();
      throw failed;
    }
  }

  /** Makes the tables in an empty file. */
  void createTables() throws SQLException {
    execute("PRAGMA journal_mode = WAL");
    execute("BEGIN IMMEDIATE");
    execute("PRAGMA application_id = " + APPLICATION_ID);
    execute("PRAGMA user_version = " + FORMAT);
    for (String table : SCHEMA) {
      execute(table);
    }
    AccountCensus none = new AccountCensus();
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO census VALUES (1, ?, ?)")) {
      insert.setLong(1, none.accounts());
      insert.setBytes(2, none.names());
      insert.executeUpdate();
    }
    execute("COMMIT");
  }

  /**
   * Whether this is a whole database of this format and nothing else, on a connection that syncs
   * each commit and overwrites what it deletes: SQLite ignores a pragma that it does not know.
   */
  boolean isSound() throws SQLException {
    execute("BEGIN");
    try {
      return number("PRAGMA synchronous") == SYNCHRONOUS_FULL
          && number("PRAGMA secure_delete") == 1
          && number("PRAGMA application_id") == APPLICATION_ID
          && number("PRAGMA user_version") == FORMAT
          && text("PRAGMA journal_mode").equals(List.of("wal"))
          && text("SELECT sql FROM sqlite_schema ORDER BY name").equals(SCHEMA)
          && text("PRAGMA quick_check(1)").equals(List.of("ok"))
          && census().map(countedNow()::agreesWith).orElse(false);
    } finally {
      execute("ROLLBACK");
    }
  }

  /** Waits for its turn and becomes the one writer. */
  void begin() throws SQLException {
    execute("BEGIN IMMEDIATE");
  }

  /** Returns once the transaction would survive loss of power. */
  void commit() throws SQLException {
    execute("COMMIT");
  }

  void rollback() throws SQLException {
    execute("ROLLBACK");
  }

  Optional<byte[]> state(byte[] account) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT state FROM accounts WHERE account = ?")) {
      select.setBytes(1, account);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
      }
    }
  }

  void replaceState(byte[] account, byte[] state) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE accounts SET state = ? WHERE account = ?")) {
      update.setBytes(1, state);
      update.setBytes(2, account);
      update.executeUpdate();
    }
  }

  void addAccount(byte[] account, byte[] state) throws SQLException {
    AccountCensus census =
        census().orElseThrow(() -> new SQLException("the census of accounts is gone"));
    census.add(account);
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO accounts VALUES (?, ?)");
        PreparedStatement update =
            connection.prepareStatement("UPDATE census SET accounts = ?, names = ?")) {
      insert.setBytes(1, account);
      insert.setBytes(2, state);
      insert.executeUpdate();
      update.setLong(1, census.accounts());
      update.setBytes(2, census.names());
      update.executeUpdate();
    }
  }

  /**
   * Moves the write-ahead log into the database and empties it.
   *
   * @return false if another connection was in the way
   */
  boolean emptyLog() throws SQLException {
    return number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private Optional<AccountCensus> census() throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT accounts, names FROM census")) {
      return row.next()
          ? Optional.of(new AccountCensus(row.getLong(1), row.getBytes(2)))
              .filter(AccountCensus::isInForm)
          : Optional.empty();
    }
  }

  private AccountCensus countedNow() throws SQLException {
    AccountCensus counted = new AccountCensus();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT account FROM accounts")) {
      while (row.next()) {
        counted.add(row.getBytes(1));
      }
    }
    return counted;
  }

  private long number(String query) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(query)) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  private List<String> text(String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(query)) {
      while (row.next()) {
        values.add(String.valueOf(row.getString(1)));
      }
    }
    return values;
  }

  private void execute(String statement) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
