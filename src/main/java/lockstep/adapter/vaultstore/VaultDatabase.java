package lockstep.adapter.vaultstore;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lockstep.spec.Implements;
import lockstep.vault.AccountCensus;
import lockstep.vault.StateSealing;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection to a vault's database: rollback journal, every commit synced, deleted content
 * overwritten, several processes queueing for the one writer.
 *
 * <p>A write-ahead log would be quicker, but SQLite reads it as far as its checksums go: a damaged
 * one is a shorter one, and an attempt that was charged in it was never made. With a rollback
 * journal what is committed stands in the database itself, where it is sealed and counted.
 */
@Implements({"ATR-3", "ATR-5~2", "ATR-12"})
final class VaultDatabase implements AutoCloseable {

  private static final int APPLICATION_ID = 0x4c6b5374;
  private static final int FORMAT = 2;

  /** No account has this name. */
  private static final byte[] PROGRESS = {0};

  private static final int SYNCHRONOUS_FULL = 2;
  private static final List<String> JOURNAL = List.of("truncate");

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE accounts (account BLOB NOT NULL PRIMARY KEY, due INTEGER,"
              + " state BLOB NOT NULL) STRICT, WITHOUT ROWID",
          "CREATE INDEX accounts_due ON accounts (due) WHERE due IS NOT NULL",
          "CREATE TABLE census (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL)"
              + " STRICT");

  private final Connection connection;
  private final StateSealing sealing;
  private long checkedVersion = -1;

  private VaultDatabase(Connection connection, StateSealing sealing) {
    this.connection = connection;
    this.sealing = sealing;
  }

  /**
   * Opens a database file that is there; nothing in it is checked yet.
   *
   * @param sealing of the vault that it belongs to
   * @param patience how long to wait for another writer
   */
  static VaultDatabase open(Path file, StateSealing sealing, Duration patience)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
    VaultDatabase database =
        new VaultDatabase(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()), sealing);
    try {
      database.execute("PRAGMA synchronous = FULL");
      database.execute("PRAGMA secure_delete = ON");
      database.execute("PRAGMA cell_size_check = ON");
      database.execute("PRAGMA trusted_schema = OFF");
      if (!database.text("PRAGMA journal_mode").equals(List.of("wal"))) {
        database.execute("PRAGMA journal_mode = TRUNCATE");
      }
      return database;
    } catch (SQLException failed) {
      database.close();
      throw failed;
    }
  }

  /** Makes the tables in an empty file. */
  void createTables(SecureRandom random) throws SQLException {
    execute("BEGIN IMMEDIATE");
    execute("PRAGMA application_id = " + APPLICATION_ID);
    execute("PRAGMA user_version = " + FORMAT);
    for (String table : SCHEMA) {
      execute(table);
    }
    try (AccountCensus none = AccountCensus.ofNone(random);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO census VALUES (1, ?)")) {
      insert.setBytes(1, none.sealed(sealing));
      insert.executeUpdate();
    }
    execute("COMMIT");
  }

  /**
   * Whether this is a whole database of this format and nothing else, on a connection that syncs
   * each commit and overwrites what it deletes: SQLite ignores a pragma that it does not know.
   *
   * @throws VaultDamagedException if the rows are not those that this vault left
   */
  boolean isSound() throws SQLException, VaultDamagedException {
    execute("BEGIN");
    try {
      boolean sound =
          number("PRAGMA synchronous") == SYNCHRONOUS_FULL
              && number("PRAGMA secure_delete") == 1
              && number("PRAGMA application_id") == APPLICATION_ID
              && number("PRAGMA user_version") == FORMAT
              && text("PRAGMA quick_check(1)").equals(List.of("ok"));
      if (sound) {
        requireCounted();
      }
      return sound;
    } finally {
      execute("ROLLBACK");
    }
  }

  /**
   * Waits for its turn and becomes the one writer. What anybody else has changed since this
   * connection last looked is counted again.
   *
   * @throws VaultDamagedException if it is not what this vault's processes left
   */
  void begin() throws SQLException, VaultDamagedException {
    execute("BEGIN IMMEDIATE");
    if (number("PRAGMA data_version") != checkedVersion) {
      try {
        requireCounted();
      } catch (SQLException | VaultDamagedException refused) {
        execute("ROLLBACK");
        throw refused;
      }
    }
  }

  /** Returns once the transaction would survive loss of power. */
  void commit() throws SQLException {
    execute("COMMIT");
  }

  /** Ends the transaction; SQLite may have done so by itself, as it does when the disk is full. */
  void rollback() {
    try {
      execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      return;
    }
  }

  /** The account's state as it was stored, or empty if nothing is. */
  Optional<Row> row(AccountName account) throws SQLException {
    return row(account.utf8());
  }

  private Optional<Row> row(byte[] key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT due, state FROM accounts WHERE account = ?")) {
      select.setBytes(1, key);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.of(Row.read(found)) : Optional.empty();
      }
    }
  }

  /** How far a replica has applied the agreed log; empty in a database that has none. */
  @Implements("REP-1~2")
  Optional<LogProgress> progress() throws SQLException, VaultDamagedException {
    Optional<Row> row = row(PROGRESS);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    Optional<LogProgress> progress = LogProgress.decode(sealing.openProgress(row.get().sealed));
    if (progress.isEmpty()) {
      throw new VaultDamagedException("the replica's progress is damaged");
    }
    return progress;
  }

  /** Counts the progress among the rows, so that it cannot be put back by itself. */
  @Implements("REP-1~2")
  void keep(LogProgress progress) throws SQLException, VaultDamagedException {
    byte[] sealed = sealing.sealProgress(progress.encode());
    Optional<Row> before = row(PROGRESS);
    if (before.isPresent()) {
      replace(PROGRESS, before.get(), sealed, OptionalLong.empty());
    } else {
      add(PROGRESS, sealed, OptionalLong.empty());
    }
  }

  /** Writes a copy of the whole database into an empty file; not durable yet. */
  void copyTo(Path file) throws SQLException {
    try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, file.toAbsolutePath().toString());
      copy.execute();
    }
  }

  /** The state that the row holds. */
  Bytes state(AccountName account, Row row) throws VaultDamagedException {
    return sealing.openState(account, row.sealed);
  }

  void replace(AccountName account, Row before, Bytes state, OptionalLong due)
      throws SQLException, VaultDamagedException {
    replace(account.utf8(), before, sealing.sealState(account, state), due);
  }

  private void replace(byte[] key, Row before, byte[] sealed, OptionalLong due)
      throws SQLException, VaultDamagedException {
    try (AccountCensus census = census();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE accounts SET due = ?, state = ? WHERE account = ?")) {
      census.replace(key, before.sealed, before.due, sealed, due);
      setDue(update, 1, due);
      update.setBytes(2, sealed);
      update.setBytes(3, key);
      update.executeUpdate();
      write(census);
    }
  }

  void add(AccountName account, Bytes state, OptionalLong due)
      throws SQLException, VaultDamagedException {
    add(account.utf8(), sealing.sealState(account, state), due);
  }

  private void add(byte[] key, byte[] sealed, OptionalLong due)
      throws SQLException, VaultDamagedException {
    try (AccountCensus census = census();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO accounts VALUES (?, ?, ?)")) {
      census.add(key, sealed, due);
      insert.setBytes(1, key);
      setDue(insert, 2, due);
      insert.setBytes(3, sealed);
      insert.executeUpdate();
      write(census);
    }
  }

  /** Names of at most {@code most} accounts that are due at {@code time}, the earliest first. */
  List<AccountName> due(long time, int most) throws SQLException, VaultDamagedException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT account FROM accounts WHERE due <= ? ORDER BY due LIMIT ?")) {
      select.setLong(1, time);
      select.setInt(2, most);
      List<AccountName> accounts = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          accounts.add(
              AccountName.parse(new String(row.getBytes(1), StandardCharsets.UTF_8))
                  .orElseThrow(() -> new VaultDamagedException("an account's name is damaged")));
        }
      }
      return accounts;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** An account's row: its state, sealed, and when something in it has to be erased. */
  static final class Row {

    private final byte[] sealed;
    private final OptionalLong due;

    private Row(byte[] sealed, OptionalLong due) {
      this.sealed = sealed;
      this.due = due;
    }

    private static Row read(ResultSet row) throws SQLException {
      long due = row.getLong("due");
      boolean never = row.wasNull();
      return new Row(row.getBytes("state"), never ? OptionalLong.empty() : OptionalLong.of(due));
    }
  }

  private void requireCounted() throws SQLException, VaultDamagedException {
    boolean inForm =
        text("PRAGMA journal_mode").equals(JOURNAL)
            && text("SELECT sql FROM sqlite_schema ORDER BY name").equals(SCHEMA);
    if (!inForm || !agreesWithCensus()) {
      throw new VaultDamagedException("the vault's accounts are not those that it stored");
    }
    checkedVersion = number("PRAGMA data_version");
  }

  private boolean agreesWithCensus() throws SQLException, VaultDamagedException {
    try (AccountCensus stored = census();
        AccountCensus counted = stored.fromNone();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT account, due, state FROM accounts")) {
      while (row.next()) {
        Row one = Row.read(row);
        counted.add(row.getBytes("account"), one.sealed, one.due);
      }
      return stored.agreesWith(counted);
    }
  }

  private AccountCensus census() throws SQLException, VaultDamagedException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT sealed FROM census")) {
      if (!row.next()) {
        throw new VaultDamagedException("the census of accounts is gone");
      }
      return AccountCensus.opened(sealing, row.getBytes(1))
          .orElseThrow(() -> new VaultDamagedException("the census of accounts is damaged"));
    }
  }

  private void write(AccountCensus census) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("UPDATE census SET sealed = ?")) {
      update.setBytes(1, census.sealed(sealing));
      update.executeUpdate();
    }
  }

  private static void setDue(PreparedStatement statement, int index, OptionalLong due)
      throws SQLException {
    if (due.isPresent()) {
      statement.setLong(index, due.getAsLong());
    } else {
      statement.setNull(index, Types.INTEGER);
    }
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
