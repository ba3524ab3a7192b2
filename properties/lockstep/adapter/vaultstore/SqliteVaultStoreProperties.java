package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lockstep.adapter.durable.DurableStep;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A charge is on the disk before it is acknowledged, whoever charges beside, whatever ends it. */
class SqliteVaultStoreProperties {

  private static final StoredAccount ALICE = new StoredAccount("alice", AttemptPolicy.STANDARD);

  @TempDir private Path directory;
  private Path database;

  @BeforeEach
  void create() throws IOException {
    database = directory.resolve("vault.db");
    StoredAccount.create(database);
  }

  @Test
  @Verifies({"ATR-3", "LIM-14"})
  void aChargeSurvivesReopening() throws IOException {
    try (SqliteVaultStore store = open()) {
      ALICE.enrol(store, StoredAccount.plantedRecord());
    }
    for (int charges = 1; charges <= 5; charges++) {
      try (SqliteVaultStore store = open()) {
        assertThat(ALICE.charge(store)).isInstanceOf(VaultReply.Permit.class);
      }
      try (SqliteVaultStore store = open()) {
        assertThat(ALICE.report(store).charges()).isEqualTo(charges);
      }
    }
    try (SqliteVaultStore store = open()) {
      assertThat(ALICE.charge(store)).isInstanceOf(VaultReply.Declined.class);
    }
  }

  @Test
  @Verifies({"LIM-3", "ATR-6"})
  void threadsAndStoresAtOnceAreChargedWhatThePolicyAllowsAndNoMore() throws Exception {
    try (SqliteVaultStore store = open()) {
      ALICE.enrol(store, StoredAccount.plantedRecord());
    }
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try (SqliteVaultStore one = open();
        SqliteVaultStore two = open();
        SqliteVaultStore three = open()) {
      CyclicBarrier start = new CyclicBarrier(12);
      List<Future<VaultReply>> replies = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        SqliteVaultStore store = List.of(one, two, three).get(i % 3);
        replies.add(
            threads.submit(
                () -> {
                  start.await();
                  return ALICE.charge(store);
                }));
      }
      int permits = 0;
      for (Future<VaultReply> reply : replies) {
        assertThat(reply).succeedsWithin(Duration.ofMinutes(1));
        permits += reply.get() instanceof VaultReply.Permit ? 1 : 0;
      }
      assertThat(permits).isEqualTo(5);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @Verifies({"ATR-3", "ATR-6"})
  void processesAtOnceQueueAndEachChargeCounts() throws IOException {
    StoredAccount account = enrolForProcesses();
    List<ChargingProcess> processes = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        processes.add(ChargingProcess.start(database, 40));
      }
      List<String> lines = new ArrayList<>();
      for (ChargingProcess process : processes) {
        lines.addAll(process.read(Integer.MAX_VALUE));
      }
      assertThat(Collections.frequency(lines, "charged")).isEqualTo(120);
    } finally {
      processes.forEach(ChargingProcess::close);
    }
    try (SqliteVaultStore store = open()) {
      assertThat(account.report(store).charges()).isEqualTo(120);
    }
  }

  @Test
  @Verifies({"LIM-2", "ATR-3"})
  void aKilledProcessHasStoredWhatItAcknowledgedAndNothingItDidNotAttempt() throws IOException {
    StoredAccount account = enrolForProcesses();
    int acknowledged = 0;
    int attempted = 0;
    for (int lines : new int[] {1, 2, 7, 20, 61}) {
      try (ChargingProcess process = ChargingProcess.start(database, 150)) {
        List<String> said = new ArrayList<>(process.read(lines));
        said.addAll(process.kill());
        acknowledged += Collections.frequency(said, "charged");
        attempted += Collections.frequency(said, "attempted");
      }
      try (SqliteVaultStore store = open()) {
        assertThat(account.report(store).charges()).isBetween(acknowledged, attempted);
      }
    }
    assertThat(acknowledged).isPositive();
  }

  @Test
  @Verifies({"LIM-2", "ATR-3"})
  void onAFullDiskNothingIsAcknowledgedThatIsNotStored() throws IOException {
    StoredAccount account = enrolForProcesses();
    List<String> said;
    fillTo(2048);
    long kib = Files.size(database) / 1024;
    try (ChargingProcess process =
        ChargingProcess.start(database, 700, "ulimit -f " + kib + "; exec \"$@\"")) {
      said = process.read(Integer.MAX_VALUE);
    }
    int acknowledged = Collections.frequency(said, "charged");
    assertThat(acknowledged).isPositive();
    assertThat(said).contains("unavailable");
    try (SqliteVaultStore store = open()) {
      assertThat(account.report(store).charges())
          .isBetween(acknowledged, Collections.frequency(said, "attempted"));
      assertThat(account.charge(store)).isInstanceOf(VaultReply.Permit.class);
    }
  }

  @Test
  @Verifies("LIM-2")
  void aFailureBeforeTheCommitChargesNothing() throws IOException {
    try (SqliteVaultStore store = open()) {
      ALICE.enrol(store, StoredAccount.plantedRecord());
    }
    DurableStep crash =
        (kind, path) -> {
          throw new IOException("disk");
        };
    try (SqliteVaultStore store = SqliteVaultStore.open(database, StoredAccount.sealing(), crash)) {
      assertThatThrownBy(() -> ALICE.charge(store)).isInstanceOf(IOException.class);
      assertThat(ALICE.report(store).charges()).isZero();
    }
    try (SqliteVaultStore store = open()) {
      assertThat(ALICE.report(store).charges()).isZero();
      assertThat(ALICE.charge(store)).isInstanceOf(VaultReply.Permit.class);
    }
  }

  @Test
  @Verifies({"AUT-3"})
  void whatDecidesNothingWritesNothing() throws IOException {
    try (SqliteVaultStore store = open()) {
      ALICE.enrol(store, StoredAccount.plantedRecord());
      byte[] before = Files.readAllBytes(database);
      StoredAccount nobody = new StoredAccount("nobody", AttemptPolicy.STANDARD);
      for (StoredAccount account : List.of(ALICE, nobody)) {
        account.submit(store, new VaultCommand.AskKeys(StoredAccount.START));
        account.submit(
            store, new VaultCommand.Finish(StoredAccount.START, StoredAccount.id(), true));
      }
      nobody.charge(store);
      nobody.report(store);
      assertThat(Files.readAllBytes(database)).isEqualTo(before);
      ALICE.charge(store);
      assertThat(Files.readAllBytes(database)).isNotEqualTo(before);
    }
  }

  @Test
  @Verifies("ATR-3")
  void aMissingDatabaseIsNotMadeAnew() throws IOException {
    Files.delete(database);
    assertThatThrownBy(this::open).isInstanceOf(NoSuchFileException.class);
    assertThat(database).doesNotExist();
  }

  @Test
  @Verifies("LEA-5")
  void accountsAreKeptApart() throws IOException {
    StoredAccount bob = new StoredAccount("bob", AttemptPolicy.STANDARD);
    try (SqliteVaultStore store = open()) {
      ALICE.enrol(store, StoredAccount.plantedRecord());
      bob.enrol(store, StoredAccount.plantedRecord());
      ALICE.charge(store);
      ALICE.charge(store);
      bob.disable(store);
    }
    try (SqliteVaultStore store = open()) {
      assertThat(ALICE.report(store).charges()).isEqualTo(2);
      assertThat(ALICE.report(store).record()).isEqualTo(Reply.RecordState.ACTIVE);
      assertThat(bob.report(store).charges()).isZero();
      assertThat(bob.report(store).record()).isEqualTo(Reply.RecordState.NONE);
      assertThat(bob.report(store).lastGeneration()).isEqualTo(1);
    }
  }

  private StoredAccount enrolForProcesses() throws IOException {
    StoredAccount account = new StoredAccount(ChargingProcess.ACCOUNT, ChargingProcess.POLICY);
    try (SqliteVaultStore store = open()) {
      account.enrol(store, StoredAccount.plantedRecord());
    }
    return account;
  }

  /** Other accounts, until the database is larger than any other file that the process writes. */
  private void fillTo(long kib) throws IOException {
    Bytes large = Bytes.zero(65_536);
    try (VaultDatabase raw =
        VaultDatabase.open(database, StoredAccount.sealing(), Duration.ofSeconds(30))) {
      raw.begin();
      for (int i = 0; i <= kib / 64; i++) {
        raw.add(new AccountName("other" + i), large, OptionalLong.empty());
      }
      raw.commit();
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  private SqliteVaultStore open() throws IOException {
    return SqliteVaultStore.open(database, StoredAccount.sealing(), DurableStep.NONE);
  }
}
