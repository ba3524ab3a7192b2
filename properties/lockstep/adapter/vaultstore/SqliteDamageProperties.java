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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody gets a fresh budget from a damaged database. */
@Verifies("ATR-5")
class SqliteDamageProperties {

  private static final StoredAccount ALICE = new StoredAccount("alice", AttemptPolicy.STANDARD);
  private static final StoredAccount BOB = new StoredAccount("bob", AttemptPolicy.STANDARD);

  @TempDir private Path directory;
  private Path database;
  private Reply.StatusReport whole;

  @BeforeEach
  void fill() throws IOException {
    database = directory.resolve("vault.db");
    SqliteVaultStore.create(database, new DurableFiles());
    try (SqliteVaultStore store = open()) {
      ALICE.enrol(store, StoredAccount.plantedRecord());
      BOB.enrol(store, StoredAccount.plantedRecord());
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

  @Test
  void aChangedStateIsRefusedAndNothingIsWritten() throws Exception {
    execute(
        "UPDATE accounts SET state = CAST(x'00' || substr(state, 2) AS BLOB) WHERE account ="
            + " x'616c696365'");
    byte[] before = Files.readAllBytes(database);
    try (SqliteVaultStore store = open()) {
      assertThatThrownBy(() -> ALICE.charge(store)).isInstanceOf(VaultDamagedException.class);
      assertThatThrownBy(() -> ALICE.report(store)).isInstanceOf(VaultDamagedException.class);
      assertThat(BOB.report(store).record()).isEqualTo(Reply.RecordState.ACTIVE);
    }
    assertThat(Files.readAllBytes(database)).isEqualTo(before);
  }

  @Test
  void anotherAccountsStateIsRefused() throws Exception {
    execute(
        "UPDATE accounts SET state = (SELECT state FROM accounts WHERE account = x'626f62')"
            + " WHERE account = x'616c696365'");
    try (SqliteVaultStore store = open()) {
      assertThatThrownBy(() -> ALICE.charge(store)).isInstanceOf(VaultDamagedException.class);
    }
  }

  @Test
  void anAccountThatHasVanishedOrWasRenamedIsNoticed() throws Exception {
    byte[] bytes = Files.readAllBytes(database);
    for (String damage :
        List.of(
            "DELETE FROM accounts WHERE account = x'616c696365'",
            "UPDATE accounts SET account = x'616c6963' WHERE account = x'616c696365'",
            "INSERT INTO accounts VALUES (x'63', x'00')",
            "UPDATE census SET accounts = 3",
            "DELETE FROM census")) {
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
            "PRAGMA user_version = 2",
            "CREATE TABLE more (x)",
            "CREATE TRIGGER t AFTER UPDATE ON accounts BEGIN DELETE FROM accounts; END",
            "PRAGMA journal_mode = DELETE")) {
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
    Files.deleteIfExists(directory.resolve("vault.db-wal"));
    Files.deleteIfExists(directory.resolve("vault.db-shm"));
    try (SqliteVaultStore store = open()) {
      assertThat(ALICE.report(store)).as(damage).isEqualTo(whole);
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private SqliteVaultStore open() throws IOException {
    return SqliteVaultStore.open(database, DurableStep.NONE);
  }
}
