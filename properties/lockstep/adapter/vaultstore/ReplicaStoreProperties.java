package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.evidence.TestsFolder;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.SealedRecord;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.StretchingParameters;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What the replicas of one log make of it, each on its own disk. */
class ReplicaStoreProperties {

  private static final AttemptPolicy POLICY = new AttemptPolicy(20, 2, 3_600_000L);
  private static final AccountName ALICE = new AccountName("alice");
  private static final Bytes ID = Bytes.copyOf(new byte[16]);
  private static final Bytes KEY = Bytes.copyOf(new byte[32]);

  /** What may happen in a log besides a charge. */
  private enum Event {
    CHARGE,
    SAME_PROPOSAL_AGAIN,
    PROPOSAL_OF_AN_EARLIER_TERM,
    NEW_LEADER,
    RESTART
  }

  @Property(tries = 25)
  @Verifies({"REP-1~2", "REP-2~2", "REP-3", "REP-4", "ATR-6"})
  void everyReplicaChargesOnceForEachProposalThatCounts(
      @ForAll @Size(min = 4, max = 12) List<Event> events) throws Exception {
    Path directory = Files.createTempDirectory(TestsFolder.path(), "replicas");
    try (ReplayedLog log = new ReplayedLog(directory, 2)) {
      StoredAccount account = new StoredAccount("alice", POLICY);
      account.enrol(log, new byte[64]);
      Bytes first = log.entry(0);
      int charges = 0;
      for (Event event : events) {
        switch (event) {
          case CHARGE -> {
            assertThat(account.charge(log)).isInstanceOf(VaultReply.Permit.class);
            charges++;
          }
          case SAME_PROPOSAL_AGAIN -> assertThat(log.append(log.entry(0))).isEmpty();
          case PROPOSAL_OF_AN_EARLIER_TERM -> {
            log.term++;
            assertThat(log.append(first)).isEmpty();
          }
          case NEW_LEADER -> log.term++;
          case RESTART -> log.restart(charges % 2);
        }
      }
      assertThat(account.report(log).charges()).isEqualTo(charges);
    } finally {
      TestsFolder.delete(directory);
    }
  }

  @Property(tries = 60)
  @Verifies("REP-4")
  void theGroupsTimeNeverGoesBackWhateverTheProposersClocksSay(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 1_000) Integer> clocks)
      throws Exception {
    Path directory = Files.createTempDirectory(TestsFolder.path(), "replicas");
    try (ReplayedLog log = new ReplayedLog(directory, 1)) {
      long largest = 0;
      for (int clock : clocks) {
        log.submit(ALICE, new VaultCommand.AskKeys(clock));
        largest = Math.max(largest, clock);
        assertThat(log.replicas.get(0).time()).isEqualTo(largest);
      }
    } finally {
      TestsFolder.delete(directory);
    }
  }

  @Property(tries = 200)
  @Verifies("REP-1~2")
  void anEntryIsReadAsItWasMadeAndByNobodyElse(
      @ForAll @IntRange(max = 15) int kind,
      @ForAll @IntRange(max = 1_000) int flipped,
      @ForAll @IntRange(max = 255) int with)
      throws Exception {
    VaultCommand command = commands(1_000).get(kind);
    byte[] entry = LogEntry.seal(StoredAccount.sealing(), 7, 9, ALICE, command).toArray();
    LogEntry read = LogEntry.open(StoredAccount.sealing(), entry);
    assertThat(read.command(1_000)).isEqualTo(command);
    assertThat(read.command(2_000)).isEqualTo(commands(2_000).get(kind));
    assertThat(read.account()).isEqualTo(ALICE);
    assertThat(read.at(7, 3)).isEqualTo(new LogProgress.Entry(3, 7, 7, 9, 1_000));
    assertThatThrownBy(() -> LogEntry.open(StoredAccount.sealingOfAnother(), entry))
        .isInstanceOf(VaultDamagedException.class);
    byte[] changed = entry.clone();
    changed[flipped % entry.length] ^= (byte) (with == 0 ? 1 : with);
    assertThatThrownBy(() -> LogEntry.open(StoredAccount.sealing(), changed))
        .isInstanceOf(VaultDamagedException.class);
  }

  private static List<VaultCommand> commands(long time) {
    Mandate token = new Mandate.Token();
    Mandate used = new Mandate.Token(Optional.of(new Mandate.TokenUse(KEY, 99)));
    Mandate.Signature signature = new Mandate.Signature(KEY);
    SealedSecret secret = new SealedSecret(KEY);
    return List.of(
        new VaultCommand.Charge(time, ID, token),
        new VaultCommand.Charge(time, ID, used),
        new VaultCommand.Finish(time, ID, true),
        new VaultCommand.Finish(time, ID, false),
        new VaultCommand.Abandon(time, ID),
        new VaultCommand.Register(time, ID, 3, KEY, KEY, secret, POLICY, new Mandate.Session(ID)),
        new VaultCommand.Stage(
            time,
            3,
            KEY,
            KEY,
            secret,
            new SealedRecord(KEY),
            new StretchingParameters(65_536, 3, 4),
            KEY),
        new VaultCommand.Confirm(time, ID, 3, KEY),
        new VaultCommand.Activate(time, 3, ID),
        new VaultCommand.Disable(time, signature),
        new VaultCommand.Restart(time),
        new VaultCommand.CompleteRestart(time),
        new VaultCommand.Mark(time, 5, KEY, signature),
        new VaultCommand.Observe(time, POLICY, 6, token),
        new VaultCommand.AskKeys(time),
        new VaultCommand.Expire(time));
  }

  @Property(tries = 6)
  @Verifies({"REP-1~2", "ATR-12"})
  void whatWasPutBackOrIsNoReplicaIsNoStore(@ForAll boolean progressAlone) throws Exception {
    Path directory = Files.createTempDirectory(TestsFolder.path(), "replicas");
    Path file = directory.resolve("replica0.db");
    try {
      byte[] before;
      try (ReplayedLog log = new ReplayedLog(directory, 1)) {
        before = row(file, progressAlone ? new byte[] {0} : ALICE.utf8());
        new StoredAccount("alice", POLICY).enrol(log, new byte[64]);
        byte[] garbage = new byte[40];
        assertThatThrownBy(() -> log.replicas.get(0).apply(1, 99, garbage))
            .isInstanceOf(VaultDamagedException.class);
      }
      try (ReplicaStore whole = opened(file)) {
        assertThat(whole.hasBegun()).isFalse();
      }
      assertThatThrownBy(
              () -> SqliteVaultStore.open(file, StoredAccount.sealing(), DurableStep.NONE))
          .isInstanceOf(VaultDamagedException.class);
      put(file, progressAlone ? new byte[] {0} : ALICE.utf8(), before);
      assertThatThrownBy(() -> opened(file)).isInstanceOf(VaultDamagedException.class);
      Path single = directory.resolve("single.db");
      StoredAccount.create(single);
      assertThatThrownBy(() -> opened(single)).isInstanceOf(VaultDamagedException.class);
    } finally {
      TestsFolder.delete(directory);
    }
  }

  @Property(tries = 6)
  @Verifies("REP-12")
  void aSnapshotTakesAReplicaAsFarAsItsMakerAndNeverBack(
      @ForAll @IntRange(min = 1, max = 3) int charges, @ForAll @IntRange(max = 60) int percent)
      throws Exception {
    Path directory = Files.createTempDirectory(TestsFolder.path(), "replicas");
    Path behindFile = directory.resolve("behind.db");
    ReplicaStore.create(
        behindFile, new DurableFiles(), StoredAccount.sealing(), new SecureRandom());
    try (ReplayedLog log = new ReplayedLog(directory, 1);
        ReplicaStore behind = opened(behindFile)) {
      ReplicaStore ahead = log.replicas.get(0);
      StoredAccount account = new StoredAccount("alice", POLICY);
      account.enrol(log, new byte[64]);
      Path older = directory.resolve("older");
      ahead.copyTo(older);
      for (int i = 0; i < charges; i++) {
        account.charge(log);
      }
      Path copy = directory.resolve("copy");
      ahead.copyTo(copy);
      byte[] content = Files.readAllBytes(copy);
      Path cut = directory.resolve("cut");
      Files.write(cut, Arrays.copyOf(content, content.length / 100 * percent));
      byte[] nothing = row(behindFile, ALICE.utf8());
      assertThatThrownBy(() -> behind.catchUp(cut)).isInstanceOf(IOException.class);
      assertThat(row(behindFile, ALICE.utf8())).isEqualTo(nothing);
      for (Path taken : List.of(copy, older)) {
        behind.catchUp(taken);
        assertThat(row(behindFile, ALICE.utf8()))
            .isEqualTo(row(directory.resolve("replica0.db"), ALICE.utf8()));
        assertThat(behind.time()).isEqualTo(ahead.time());
      }
    } finally {
      TestsFolder.delete(directory);
    }
  }

  private static ReplicaStore opened(Path file) throws IOException {
    return ReplicaStore.open(file, StoredAccount.sealing(), new DurableFiles());
  }

  private static byte[] row(Path file, byte[] key) throws SQLException {
    try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement query =
            reader.prepareStatement("SELECT state FROM accounts WHERE account = ?")) {
      query.setBytes(1, key);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : new byte[0];
      }
    }
  }

  private static void put(Path file, byte[] key, byte[] state) throws SQLException {
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement update =
            writer.prepareStatement(
                state.length == 0
                    ? "DELETE FROM accounts WHERE account = ?2 OR state = ?1"
                    : "UPDATE accounts SET state = ?1 WHERE account = ?2")) {
      update.setBytes(1, state);
      update.setBytes(2, key);
      update.executeUpdate();
    }
  }
}
