package lockstep.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AccountStateCodec;
import lockstep.vault.machine.Decision;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultMachine;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/**
 * Runs the machine over a map: test-only, and only where a property asks about the shell and not
 * about a disk. It counts writes, keeps the commands, and can fail like a disk.
 */
final class MapVaultStoreForSpeed implements VaultStore {

  final Map<AccountName, Bytes> accounts = new HashMap<>();
  private final Map<AccountName, Long> due = new HashMap<>();
  final List<VaultCommand> commands = new ArrayList<>();
  int writes;
  boolean failsBeforeCommit;
  boolean failsAfterCommit;

  @Override
  public synchronized VaultReply submit(AccountName account, VaultCommand command)
      throws IOException {
    commands.add(command);
    if (failsBeforeCommit) {
      throw new IOException("disk full");
    }
    Decision decision =
        VaultMachine.decide(account, Optional.ofNullable(accounts.get(account)), command);
    if (decision.replacement().isPresent()) {
      accounts.put(account, decision.replacement().get());
      due.remove(account);
      decision.due().ifPresent(time -> due.put(account, time));
      writes++;
    }
    if (failsAfterCommit && !(command instanceof VaultCommand.AskKeys)) {
      throw new IOException("power lost");
    }
    return decision.reply();
  }

  @Override
  public synchronized List<AccountName> due(long time, int most) {
    return due.entrySet().stream()
        .filter(one -> one.getValue() <= time)
        .map(Map.Entry::getKey)
        .limit(most)
        .toList();
  }

  AccountState state(AccountName account) {
    return AccountStateCodec.decode(accounts.get(account)).orElseThrow();
  }
}
