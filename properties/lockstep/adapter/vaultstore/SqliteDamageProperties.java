package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableStep;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody gets a fresh budget from a damaged database. */
@Verifies({"ATR-5~2", "ATR-12"})
class SqliteDamageProperties {

  private static final StoredAccount ALICE = new StoredAccount("alice", AttemptPolicy.STANDARD);
  private static final StoredAccount BOB = new StoredAccount("bob", AttemptPolicy.STANDARD);

  private static final StoredAccount CAROL = new StoredAccount("carol", AttemptPolicy.STANDARD);

  private static final StoredAccount DAVE = new StoredAccount("dave", AttemptPolicy.STANDARD);

  private static final List<String> CHANGES =
      List.of(
          "DELETE FROM accounts WHERE account = x'616c696365'",
          "DELETE FROM accounts",
          "UPDATE accounts SET account = x'616c6963' WHERE account = x'616c696365'",
          "UPDATE accounts SET state = CAST(x'00' || substr(state, 2) AS BLOB)"
              + " WHERE account = x'616c696365'",
          "UPDATE accounts SET state = (SELECT state FROM accounts WHERE account = x'626f62')"
              + " WHERE account = x'616c696365'",
          "UPDATE accounts SET due = 1 WHERE account = x'616c696365'",
          "UPDATE accounts SET due = due + 1 WHERE due IS NOT NULL",
          "UPDATE accounts SET due = NULL WHERE due IS NOT NULL",
          "UPDATE census SET sealed = CAST(x'00' || substr(sealed, 2) AS BLOB)",
          "UPDATE census SET sealed = (SELECT state FROM accounts LIMIT 1)",
          "DELETE FROM census");

  @TempDir private Path directory;
  private Path database;
  private Reply.StatusReport whole;

  @BeforeEach
  void fill() throws IOException {
    database = directory.resolve("vault.db");
    StoredAccount.create(database);
    try (SqliteVaultStore store = open()) {
      ALICE.enrol(store, StoredAccount.plantedRecord());
      BOB.enrol(store, StoredAccount.plantedRecord());
      DAVE.reserve(store);
      for (int i = 0; i < 3; i++) {
        ALICE.charge(store);
      }
      whole = ALICE.report(store);
    }
    assertThat(whole.charges()).isEqualTo(3);
  }

  @Test
  void noFlippedBitChangesWhatIsKnownOfAnAccount() throws IOException {
    byte[] bytes = Files.readAllBytes(database);
    SecureRandom random = new SecureRandom();
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      int bit = random.nextInt(bytes.length * 8);
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += isRefusedOrHarmless(flipped, "bit " + bit) ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  @Test
  void noFlippedBitOfTheHeaderChangesWhatIsKnownOfAnAccount() throws IOException {
    byte[] bytes = Files.readAllBytes(database);
    for (int bit = 0; bit < 100 * 8; bit += 3) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      isRefusedOrHarmless(flipped, "bit " + bit);
    }
  }

  @Test
  void aTruncatedDatabaseIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(database);
    for (int length = 0; length < bytes.length; length += 512) {
      Files.write(database, Arrays.copyOf(bytes, length));
      assertThat(catchThrowable(this::open))
          .as("cut to " + length)
          .isInstanceOf(VaultDamagedException.class);
    }
    Files.write(database, bytes);
    open().close();
  }

  /** Whoever can write the database and has no key can change nothing in it. */
  @Test
  void whateverIsWrittenWithoutAKeyIsRefusedAndNothingIsWritten() throws Exception {
    byte[] bytes = Files.readAllBytes(database);
    for (String change : CHANGES) {
      execute(change);
      byte[] before = Files.readAllBytes(database);
      assertThat(catchThrowable(this::open)).as(change).isInstanceOf(VaultDamagedException.class);
      assertThat(Files.readAllBytes(database)).as(change).isEqualTo(before);
      Files.write(database, bytes);
    }
    open().close();
  }

  /** The same in front of a vault that runs: no command is decided on what it did not store. */
  @Test
  void aChangeUnderARunningVaultIsRefusedAtItsNextCommand() throws Exception {
    byte[] bytes = Files.readAllBytes(database);
    for (String change : CHANGES) {
      try (SqliteVaultStore store = open()) {
        assertThat(ALICE.report(store)).isEqualTo(whole);
        execute(change);
        for (StoredAccount account : List.of(ALICE, BOB, CAROL)) {
          assertThatThrownBy(() -> account.report(store))
              .as(change)
              .isInstanceOf(VaultDamagedException.class);
          assertThatThrownBy(() -> account.enrol(store, StoredAccount.plantedRecord()))
              .as(change)
              .isInstanceOf(VaultDamagedException.class);
        }
      }
      Files.write(database, bytes);
    }
  }

  /** An account's row of an hour ago among the others of today is no rollback of the whole. */
  @Test
  void anEarlierRowOfOneAccountIsRefused() throws Exception {
    String earlier = hex("SELECT hex(state) FROM accounts WHERE account = x'616c696365'");
    try (SqliteVaultStore store = open()) {
      ALICE.charge(store);
      execute("UPDATE accounts SET state = x'" + earlier + "' WHERE account = x'616c696365'");
      assertThatThrownBy(() -> ALICE.charge(store)).isInstanceOf(VaultDamagedException.class);
    }
    assertThatThrownBy(this::open).isInstanceOf(VaultDamagedException.class);
  }

  /** The register of accounts of an hour ago, with the row that it did not know taken away. */
  @Test
  void anAccountIsNotForgottenByAnOlderRegister() throws Exception {
    String register = hex("SELECT hex(sealed) FROM census");
    try (SqliteVaultStore store = open()) {
      ALICE.charge(store);
      CAROL.enrol(store, StoredAccount.plantedRecord());
    }
    execute("DELETE FROM accounts WHERE account = x'6361726f6c'");
    execute("UPDATE census SET sealed = x'" + register + "'");
    assertThatThrownBy(this::open).isInstanceOf(VaultDamagedException.class);
  }

  @Test
  void aDatabaseOfAnotherVaultIsRefused() {
    assertThatThrownBy(
            () ->
                SqliteVaultStore.open(database, StoredAccount.sealingOfAnother(), DurableStep.NONE))
        .isInstanceOf(VaultDamagedException.class);
  }

  /** A process dies after its charges are acknowledged; then a bit of any of its files rots. */
  @Test
  void noFlippedBitInWhatADeadProcessLeftGivesAChargeBack() throws IOException {
    Path copy = Files.createDirectory(directory.resolve("copy"));
    List<Path> left;
    try (SqliteVaultStore store = open()) {
      ALICE.charge(store);
      try (Stream<Path> files = Files.list(directory)) {
        left = files.filter(Files::isRegularFile).toList();
      }
      for (Path file : left) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    database = copy.resolve("vault.db");
    assertThat(chargesOrRefusal()).isEqualTo("4");
    int refused = 0;
    for (Path file : left) {
      Path copied = copy.resolve(file.getFileName());
      byte[] content = Files.readAllBytes(copied);
      for (int at = 24; at < content.length; at += 61) {
        byte[] flipped = content.clone();
        flipped[at] ^= 1;
        Files.write(copied, flipped);
        String found = chargesOrRefusal();
        assertThat(found).as("byte " + at + " of " + file).isIn("4", "refused");
        refused += found.equals("refused") ? 1 : 0;
      }
      Files.write(copied, content);
    }
    assertThat(refused).isPositive();
  }

  @Test
  void anAccountThatHasVanishedOrWasRenamedIsNoticed() throws Exception {
    byte[] bytes = Files.readAllBytes(database);
    for (String damage :
        List.of(
            "DELETE FROM accounts",
            "INSERT INTO accounts VALUES (x'63', NULL, x'00')",
            "INSERT INTO accounts SELECT x'63', due, state FROM accounts LIMIT 1")) {
      execute(damage);
      assertThat(catchThrowable(this::open)).as(damage).isInstanceOf(VaultDamagedException.class);
      Files.write(database, bytes);
    }
    open().close();
  }

  @Test
  void aForeignDatabaseIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(database);
    for (String change :
        List.of(
            "PRAGMA application_id = 7",
            "PRAGMA user_version = 1",
            "CREATE TABLE more (x)",
            "CREATE TRIGGER t AFTER UPDATE ON accounts BEGIN DELETE FROM accounts; END",
            "PRAGMA journal_mode = WAL")) {
      execute(change);
      assertThat(catchThrowable(this::open)).as(change).isInstanceOf(VaultDamagedException.class);
      Files.write(database, bytes);
    }
    Files.writeString(database, "not a database, but long enough to have had a header".repeat(9));
    assertThatThrownBy(this::open).isInstanceOf(VaultDamagedException.class);
  }

  /** Whether it was refused; if not, what is known of the account has to be what it was. */
  private boolean isRefusedOrHarmless(byte[] content, String damage) throws IOException {
    Files.write(database, content);
    Files.deleteIfExists(directory.resolve("vault.db-journal"));
    try (SqliteVaultStore store = open()) {
      assertThat(ALICE.report(store)).as(damage).isEqualTo(whole);
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private String chargesOrRefusal() {
    try (SqliteVaultStore store = open()) {
      return String.valueOf(ALICE.report(store).charges());
    } catch (IOException refused) {
      return "refused";
    }
  }

  private String hex(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private SqliteVaultStore open() throws IOException {
    return SqliteVaultStore.open(database, StoredAccount.sealing(), DurableStep.NONE);
  }
}
