package lockstep.adapter.vaultstore;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.adapter.raft.Replica;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.StateSealing;
import lockstep.vault.machine.Decision;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultMachine;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/**
 * One node's accounts in one SQLite database: what the machine decided on the entries of the agreed
 * log, and how far that log is applied, in the same transaction. Safe for use by several threads.
 */
@Decides("REP-1~2")
@Implements({"REP-3", "REP-4", "ATR-6"})
final class ReplicaStore implements Replica, AutoCloseable {

  /** Stands for a reply that is still awaited. */
  private static final VaultReply NONE = new VaultReply.Recorded();

  private static final String TAKEN_OVER = ".taken-over";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path file;
  private final StateSealing sealing;
  private final DurableFiles files;
  private final Map<Bytes, VaultReply> asked = new ConcurrentHashMap<>();
  private VaultDatabase database;
  private LogProgress progress;

  private ReplicaStore(
      Path file,
      StateSealing sealing,
      DurableFiles files,
      VaultDatabase database,
      LogProgress progress) {
    this.file = file;
    this.sealing = sealing;
    this.files = files;
    this.database = database;
    this.progress = progress;
  }

  /** Makes the database of a node that has applied nothing, where no file is. */
  static void create(Path file, DurableFiles files, StateSealing sealing, SecureRandom random)
      throws IOException {
    files.create(file, new byte[0]);
    try (VaultDatabase database = VaultDatabase.open(file, sealing, PATIENCE)) {
      database.createTables(random);
      database.begin();
      database.keep(LogProgress.none());
      database.commit();
    } catch (SQLException failure) {
      throw SqliteVaultStore.asIoException(failure);
    }
    files.syncFile(file);
  }

  /**
   * Opens a node's database and checks the whole of it.
   *
   * @throws NoSuchFileException if it is not there
   * @throws VaultDamagedException if it is not a whole database of a replica of this vault
   */
  static ReplicaStore open(Path file, StateSealing sealing, DurableFiles files) throws IOException {
    removeLeftovers(file);
    VaultDatabase database = sound(file, sealing);
    try {
      return new ReplicaStore(file, sealing, files, database, database.progress().orElseThrow());
    } catch (SQLException failure) {
      throw SqliteVaultStore.asIoException(failure);
    }
  }

  /** What a process left that died while it took over a snapshot. */
  @Implements("REP-8~2")
  private static void removeLeftovers(Path file) throws IOException {
    String takenOver = file.getFileName() + TAKEN_OVER;
    try (DirectoryStream<Path> beside = Files.newDirectoryStream(file.resolveSibling(""))) {
      for (Path one : beside) {
        String name = String.valueOf(one.getFileName());
        if (name.startsWith(takenOver) || name.startsWith(DurableFiles.UNFINISHED_PREFIX)) {
          Files.delete(one);
        }
      }
    }
  }

  private static VaultDatabase sound(Path file, StateSealing sealing) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try {
      VaultDatabase database = VaultDatabase.open(file, sealing, PATIENCE);
      try {
        if (!database.isSound() || database.progress().isEmpty()) {
          throw new VaultDamagedException("not a whole database of a replica");
        }
        return database;
      } catch (SQLException | IOException refused) {
        database.close();
        throw refused;
      }
    } catch (SQLException failure) {
      throw SqliteVaultStore.asIoException(failure);
    }
  }

  @Override
  public synchronized boolean hasBegun() {
    return progress.begun();
  }

  @Override
  public synchronized void begin() throws IOException {
    inTransaction(
        () -> {
          LogProgress begun = progress.asBegun();
          database.keep(begun);
          return begun;
        });
  }

  /** The group's time, in milliseconds since 1970. */
  synchronized long time() {
    return progress.time();
  }

  /** Has the reply to that entry kept until {@link #answer} asks for it. */
  void expect(Bytes entry) {
    asked.put(entry, NONE);
  }

  /** The reply to an entry that was expected; empty if it was not carried out here. */
  Optional<VaultReply> answer(Bytes entry) {
    return Optional.ofNullable(asked.remove(entry)).filter(reply -> reply != NONE);
  }

  @Override
  public synchronized void apply(long term, long index, byte[] content) throws IOException {
    LogEntry entry = LogEntry.open(sealing, content);
    LogProgress.Entry place = entry.at(term, index);
    Optional<LogProgress> after = progress.after(place);
    if (after.isEmpty()) {
      return;
    }
    boolean counts = progress.counts(place);
    List<VaultReply> decided = new ArrayList<>();
    inTransaction(
        () -> {
          if (counts) {
            decided.add(decide(entry, after.get().time()));
          }
          database.keep(after.get());
          files.observer().reached(DurableStep.Kind.COMMIT, file);
          return after.get();
        });
    decided.forEach(reply -> asked.replace(Bytes.copyOf(content), reply));
  }

  private VaultReply decide(LogEntry entry, long time) throws SQLException, IOException {
    AccountName account = entry.account();
    Optional<VaultDatabase.Row> stored = database.row(account);
    Optional<Bytes> state =
        stored.isPresent() ? Optional.of(database.state(account, stored.get())) : Optional.empty();
    Decision decision = VaultMachine.decide(account, state, entry.command(time));
    if (decision.replacement().isPresent()) {
      Bytes next = decision.replacement().get();
      if (stored.isPresent()) {
        database.replace(account, stored.get(), next, decision.due());
      } else {
        database.add(account, next, decision.due());
      }
    }
    return decision.reply();
  }

  /** Accounts in which something is over at {@code time}, as far as this node has applied. */
  synchronized List<AccountName> due(long time, int most) throws IOException {
    try {
      return database.due(time, most);
    } catch (SQLException failure) {
      throw SqliteVaultStore.asIoException(failure);
    }
  }

  @Override
  @Implements("REP-12")
  public synchronized void copyTo(Path copy) throws IOException {
    files.create(copy, new byte[0]);
    try {
      database.copyTo(copy);
    } catch (SQLException failure) {
      throw SqliteVaultStore.asIoException(failure);
    }
    files.syncFile(copy);
  }

  /** The copy takes the database's place in one step, and only once it was checked as a whole. */
  @Override
  @Implements("REP-12")
  public synchronized void catchUp(Path copy) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + TAKEN_OVER);
    try {
      files.replace(beside, out -> Files.copy(copy, out));
      LogProgress theirs;
      try (VaultDatabase taken = sound(beside, sealing)) {
        theirs = taken.progress().orElseThrow();
      }
      if (theirs.index() > progress.index()) {
        database.close();
        files.rename(beside, file);
        database = sound(file, sealing);
        progress = theirs;
      }
    } catch (SQLException failure) {
      throw SqliteVaultStore.asIoException(failure);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      database.close();
    } catch (SQLException failure) {
      throw SqliteVaultStore.asIoException(failure);
    }
  }

  /** What is done in one transaction; it gives the progress that is stored with it. */
  @FunctionalInterface
  private interface Step {
    LogProgress taken() throws SQLException, IOException;
  }

  private void inTransaction(Step step) throws IOException {
    try {
      boolean committed = false;
      database.begin();
      try {
        LogProgress after = step.taken();
        database.commit();
        committed = true;
        progress = after;
      } finally {
        if (!committed) {
          database.rollback();
        }
      }
    } catch (SQLException failure) {
      throw SqliteVaultStore.asIoException(failure);
    }
  }
}
