package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An erased record is planted, found, erased, and found nowhere, before the reply leaves. */
@Verifies("ATR-4")
class SqliteErasureProperties {

  private static final StoredAccount ALICE = new StoredAccount("alice", AttemptPolicy.STANDARD);

  @TempDir private Path directory;
  private Path database;

  @BeforeEach
  void create() throws IOException {
    database = directory.resolve("vault.db");
    SqliteVaultStore.create(database, new DurableFiles());
  }

  @Test
  void disablingLeavesNoByteOfTheRecord() throws IOException {
    byte[] record = StoredAccount.plantedRecord();
    try (SqliteVaultStore store = open();
        SqliteVaultStore beside = open()) {
      ALICE.enrol(store, record);
      ALICE.charge(beside);
      assertThat(traces(record)).isNotEmpty();
      ALICE.disable(store);
      assertThat(traces(record)).isEmpty();
      assertThat(ALICE.report(beside).activeGeneration()).isZero();
    }
    assertThat(traces(record)).isEmpty();
  }

  @Test
  void activationLeavesTheNewRecordOnly() throws IOException {
    byte[] record = StoredAccount.plantedRecord();
    try (SqliteVaultStore store = open()) {
      for (int other = 0; other < 30; other++) {
        new StoredAccount("other" + other, AttemptPolicy.STANDARD)
            .enrol(store, StoredAccount.plantedRecord());
      }
      ALICE.enrol(store, record);
      for (long generation = 2; generation < 8; generation++) {
        byte[] next = StoredAccount.plantedRecord();
        ALICE.change(store, generation, next);
        assertThat(traces(record)).isEmpty();
        assertThat(traces(next)).isNotEmpty();
        record = next;
      }
    }
    assertThat(traces(record)).isNotEmpty();
  }

  @Test
  void aReplyWaitsForAReaderAndFailsRatherThanLeaveTheRecordInTheLog() throws Exception {
    byte[] record = StoredAccount.plantedRecord();
    try (SqliteVaultStore store =
        SqliteVaultStore.open(database, DurableStep.NONE, Duration.ofMillis(200))) {
      ALICE.enrol(store, record);
      try (Connection reader = reader();
          Statement statement = reader.createStatement()) {
        assertThatThrownBy(() -> ALICE.disable(store)).isInstanceOf(IOException.class);
        assertThat(traces(record)).isNotEmpty();
        statement.execute("ROLLBACK");
      }
      assertThat(ALICE.report(store).activeGeneration()).isZero();
      assertThat(traces(record)).isEmpty();
    }
  }

  @Test
  void anErasureThatACrashInterruptedIsCompletedWhenTheStoreIsOpened() throws Exception {
    byte[] record = StoredAccount.plantedRecord();
    Path copy = Files.createDirectory(directory.resolve("copy"));
    try (SqliteVaultStore store =
        SqliteVaultStore.open(database, DurableStep.NONE, Duration.ofMillis(200))) {
      ALICE.enrol(store, record);
      try (Connection reader = reader()) {
        assertThatThrownBy(() -> ALICE.disable(store)).isInstanceOf(IOException.class);
        for (String name : List.of("vault.db", "vault.db-wal")) {
          Files.copy(directory.resolve(name), copy.resolve(name));
        }
        reader.rollback();
      }
    }
    database = copy.resolve("vault.db");
    try (SqliteVaultStore store = open()) {
      assertThat(ALICE.report(store).activeGeneration()).isZero();
      assertThat(traces(record)).isEmpty();
    }
  }

  /** Holds a snapshot in which the record is not erased yet. */
  private Connection reader() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT count(*) FROM accounts").close();
    }
    return connection;
  }

  /** Which files hold 16 neighbouring bytes of the record, from its begin, middle or end. */
  private List<String> traces(byte[] record) throws IOException {
    String text = new String(record, StandardCharsets.ISO_8859_1);
    List<String> parts =
        List.of(
            text.substring(0, 16), text.substring(130, 146), text.substring(text.length() - 16));
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> parts.stream().anyMatch(content(file)::contains))
          .map(Path::toString)
          .toList();
    }
  }

  private static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private SqliteVaultStore open() throws IOException {
    return SqliteVaultStore.open(database, DurableStep.NONE);
  }
}
