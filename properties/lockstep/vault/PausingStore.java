package lockstep.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import lockstep.adapter.vaultstore.RowKeeper;
import lockstep.adapter.vaultstore.SqliteVaultStore;
import lockstep.evidence.TestsFolder;
import lockstep.vault.machine.AccountStateCodec;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/**
 * The real store on a disk, which stops the attempts that it is told of; it can be ended like a
 * process, and its file is read by a connection of its own.
 */
final class PausingStore implements VaultStore, AutoCloseable {

  private final Path directory;
  private static final ThreadLocal<PausedAttempt> ATTEMPT = new ThreadLocal<>();
  private final RowKeeper reader;
  private volatile SqliteVaultStore store;

  /** A store in a directory of its own, which is gone when this is closed. */
  PausingStore() throws IOException {
    this.directory = Files.createTempDirectory(TestsFolder.path(), "lockstep-vault");
    this.store = DiskVault.store(directory);
    this.reader = RowKeeper.of(directory.resolve("vault"));
  }

  /** This thread's attempt stops here from now on. */
  void pausing(PausedAttempt paused) {
    ATTEMPT.set(paused);
  }

  @Override
  public VaultReply submit(AccountName account, VaultCommand command) throws IOException {
    PausedAttempt paused = ATTEMPT.get();
    if (paused == null || !(command instanceof VaultCommand.Charge charge)) {
      return store.submit(account, command);
    }
    paused.pause(charge.attemptId());
    VaultReply reply = store.submit(account, command);
    paused.pause(charge.attemptId());
    return reply;
  }

  /** What a new process finds. */
  void reopen() throws IOException {
    store.close();
    store = DiskVault.store(directory);
  }

  @Override
  public List<AccountName> due(long time, int most) throws IOException {
    return store.due(time, most);
  }

  /** Whether the account is on the disk. */
  boolean has(AccountName account) throws IOException {
    return reader.state(account).isPresent();
  }

  /** The account's bytes on the disk, unsealed. */
  Bytes stored(AccountName account) throws IOException {
    return reader.state(account).orElseThrow(() -> new IOException("no such account"));
  }

  /** Puts the account on the disk back to what it was. */
  void restore(AccountName account, Bytes state) throws IOException {
    reader.put(account, state, AccountStateCodec.decode(state).orElseThrow().due());
  }

  /** The database's file. */
  Path file() {
    return directory.resolve("vault/db/vault.db");
  }

  @Override
  public void close() throws IOException {
    reader.close();
    store.close();
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
