package lockstep.adapter.vaultstore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lockstep.adapter.raft.AgreedLog;
import lockstep.spec.Implements;
import lockstep.vault.StateSealing;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/**
 * The store of the node that leads in one term: each command is proposed, in that term and under a
 * number of its own, and answered with what the machine decided when its entry was applied.
 */
@Implements({"REP-1~2", "REP-2~2", "REP-3", "REP-5"})
final class TermStore implements VaultStore {

  private final long term;
  private final AgreedLog log;
  private final ReplicaStore replica;
  private final StateSealing sealing;
  private final AtomicLong proposals = new AtomicLong();

  TermStore(long term, AgreedLog log, ReplicaStore replica, StateSealing sealing) {
    this.term = term;
    this.log = log;
    this.replica = replica;
    this.sealing = sealing;
  }

  @Override
  public VaultReply submit(AccountName account, VaultCommand command) throws IOException {
    long number = proposals.incrementAndGet();
    Bytes entry = LogEntry.seal(sealing, term, number, account, command);
    replica.expect(entry);
    Optional<VaultReply> reply;
    try {
      log.append(entry.toArray());
    } finally {
      reply = replica.answer(entry);
    }
    return reply.orElseThrow(() -> new IOException("the term ended before the entry was appended"));
  }

  @Override
  public List<AccountName> due(long time, int most) throws IOException {
    return replica.due(time, most);
  }

  @Override
  public void confirm() throws IOException {
    log.confirm(term);
  }
}
