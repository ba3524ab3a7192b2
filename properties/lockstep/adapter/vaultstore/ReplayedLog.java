package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.durable.DurableFiles;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/** An agreed log that a test writes, applied to real replicas on disk; their answers are one. */
final class ReplayedLog implements VaultStore, AutoCloseable {

  final List<ReplicaStore> replicas = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final List<Bytes> entries = new ArrayList<>();
  private final List<Long> terms = new ArrayList<>();
  long term = 1;
  private long number;

  ReplayedLog(Path directory, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file = directory.resolve("replica" + i + ".db");
      ReplicaStore.create(file, new DurableFiles(), StoredAccount.sealing(), new SecureRandom());
      files.add(file);
      replicas.add(open(file));
    }
  }

  private static ReplicaStore open(Path file) throws IOException {
    return ReplicaStore.open(file, StoredAccount.sealing(), new DurableFiles());
  }

  @Override
  public VaultReply submit(AccountName account, VaultCommand command) throws IOException {
    number++;
    return append(LogEntry.seal(StoredAccount.sealing(), term, number, account, command))
        .orElseThrow();
  }

  /** Appends an entry, in the term that is now, and applies it everywhere. */
  Optional<VaultReply> append(Bytes entry) throws IOException {
    entries.add(entry);
    terms.add(term);
    List<Optional<VaultReply>> replies = new ArrayList<>();
    for (ReplicaStore replica : replicas) {
      replica.expect(entry);
      replica.apply(term, entries.size(), entry.toArray());
      replies.add(replica.answer(entry));
    }
    assertThat(replies).containsOnly(replies.get(0));
    return replies.get(0);
  }

  Bytes entry(int back) {
    return entries.get(entries.size() - 1 - back);
  }

  /** A replica dies, is opened again, and is given the whole log from its beginning. */
  void restart(int replica) throws IOException {
    replicas.get(replica).close();
    ReplicaStore opened = open(files.get(replica));
    replicas.set(replica, opened);
    for (int i = 0; i < entries.size(); i++) {
      opened.apply(terms.get(i), i + 1, entries.get(i).toArray());
    }
  }

  @Override
  public List<AccountName> due(long time, int most) throws IOException {
    return replicas.get(0).due(time, most);
  }

  @Override
  public void close() throws IOException {
    for (ReplicaStore replica : replicas) {
      replica.close();
    }
  }
}
