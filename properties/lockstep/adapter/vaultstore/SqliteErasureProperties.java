package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableStep;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An erased record is planted, found, erased, and found nowhere, before the reply leaves. */
@Verifies("ATR-4~2")
class SqliteErasureProperties {

  private static final StoredAccount ALICE = new StoredAccount("alice", AttemptPolicy.STANDARD);

  @TempDir private Path directory;
  private Path database;

  @BeforeEach
  void create() throws IOException {
    database = directory.resolve("vault.db");
    StoredAccount.create(database);
  }

  @Test
  void disablingLeavesNoByteOfTheRecord() throws IOException {
    byte[] row;
    try (SqliteVaultStore store = open();
        SqliteVaultStore beside = open()) {
      ALICE.enrol(store, StoredAccount.plantedRecord());
      ALICE.charge(beside);
      Bytes session = ALICE.unlock(store);
      row = row();
      assertThat(traces(row)).isNotEmpty();
      ALICE.disable(store, session);
      assertThat(traces(row)).isEmpty();
      assertThat(ALICE.report(beside).activeGeneration()).isZero();
    }
    assertThat(traces(row)).isEmpty();
  }

  @Test
  void activationLeavesTheNewRecordOnly() throws IOException {
    try (SqliteVaultStore store = open()) {
      for (int other = 0; other < 30; other++) {
        new StoredAccount("other" + other, AttemptPolicy.STANDARD)
            .enrol(store, StoredAccount.plantedRecord());
      }
      ALICE.enrol(store, StoredAccount.plantedRecord());
      for (long generation = 2; generation < 8; generation++) {
        byte[] earlier = row();
        ALICE.change(store, generation, StoredAccount.plantedRecord());
        assertThat(traces(earlier)).isEmpty();
        assertThat(traces(row())).isNotEmpty();
      }
    }
    assertThat(traces(row())).isNotEmpty();
  }

  /** Another process reads the database: what cannot be erased is not said to be. */
  @Test
  @Verifies("ATR-3")
  void whileAReaderIsInTheWayNothingIsErasedAndNothingIsSaidToBe() throws Exception {
    try (SqliteVaultStore store = open(Duration.ofMillis(200))) {
      ALICE.enrol(store, StoredAccount.plantedRecord());
      Bytes session = ALICE.unlock(store);
      byte[] row = row();
      try (Connection reader = reader()) {
        assertThatThrownBy(() -> ALICE.disable(store, session)).isInstanceOf(IOException.class);
        assertThat(traces(row)).isNotEmpty();
        reader.rollback();
      }
      assertThat(ALICE.report(store).record()).isEqualTo(Reply.RecordState.ACTIVE);
      assertThat(ALICE.disable(store, session)).isInstanceOf(VaultReply.Carried.class);
      assertThat(traces(row)).isEmpty();
    }
  }

  /** Every command is a process of its own; the next one knows nothing of the one before. */
  @Test
  void theNextProcessSaysThatARecordIsGoneOnlyWhenNoFileHoldsIt() throws Exception {
    Bytes session;
    byte[] row;
    try (SqliteVaultStore store = open(Duration.ofMillis(200))) {
      ALICE.enrol(store, StoredAccount.plantedRecord());
      session = ALICE.unlock(store);
      row = row();
    }
    try (Connection reader = reader()) {
      for (int process = 0; process < 2; process++) {
        try (SqliteVaultStore next = open(Duration.ofMillis(200))) {
          assertThat(ALICE.report(next).record()).isEqualTo(Reply.RecordState.ACTIVE);
          assertThatThrownBy(() -> ALICE.disable(next, session)).isInstanceOf(IOException.class);
          assertThat(traces(row)).isNotEmpty();
        }
      }
      reader.rollback();
    }
    try (SqliteVaultStore next = open()) {
      ALICE.disable(next, session);
      assertThat(ALICE.report(next).record()).isEqualTo(Reply.RecordState.NONE);
      assertThat(traces(row)).isEmpty();
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

  /** Alice's state as it is stored, her record within it. */
  private byte[] row() throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT state FROM accounts WHERE account = x'616c696365'")) {
      return row.getBytes(1);
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  /** Which files hold 16 neighbouring bytes of the row, from its begin, middle or end. */
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
    return open(Duration.ofSeconds(30));
  }

  private SqliteVaultStore open(Duration patience) throws IOException {
    return SqliteVaultStore.open(database, StoredAccount.sealing(), DurableStep.NONE, patience);
  }
}
