package lockstep.oracle;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.Decision;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultMachine;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/**
 * The accounts of one session: the bytes that the vault's machine decided, in memory, and a clock
 * that requests turn. The session ends with the process, which is what {@code vault.new} promises.
 */
final class MachineAccounts implements VaultStore {

  private static final int ATTEMPT_ID_BYTES = 16;

  private final AttemptPolicy policy;
  private final Map<AccountName, Bytes> stored = new HashMap<>();
  private final Map<Bytes, AccountName> attempts = new HashMap<>();
  private long now;
  private long lastId;

  MachineAccounts(AttemptPolicy policy, long now) {
    this.policy = policy;
    this.now = now;
  }

  @Override
  public VaultReply submit(AccountName account, VaultCommand command) throws VaultDamagedException {
    Decision decision =
        VaultMachine.decide(account, Optional.ofNullable(stored.get(account)), command);
    decision.replacement().ifPresent(bytes -> stored.put(account, bytes));
    return decision.reply();
  }

  /** Nothing runs by itself in a session: what is over ends with the next request. */
  @Override
  public List<AccountName> due(long time, int most) {
    return List.of();
  }

  AttemptPolicy policy() {
    return policy;
  }

  /** Milliseconds since 1970. */
  long now() {
    return now;
  }

  void turnTo(long time) {
    now = time;
  }

  /** A new attempt of an account: 1, 2, 3, … in 16 bytes, so that a session can be replayed. */
  Bytes newAttempt(AccountName account) {
    byte[] id = new byte[ATTEMPT_ID_BYTES];
    ByteBuffer.wrap(id).putLong(Long.BYTES, ++lastId);
    Bytes attempt = Bytes.copyOf(id);
    attempts.put(attempt, account);
    return attempt;
  }

  /** Whose attempt that is; the machine knows whether it is still open. */
  Optional<AccountName> accountOf(Bytes attempt) {
    return Optional.ofNullable(attempts.get(attempt));
  }
}
