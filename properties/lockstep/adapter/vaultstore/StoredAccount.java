package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.SealedRecord;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;

/** Drives one account through a store by the commands that the shell would give. */
final class StoredAccount {

  static final long START = 1_700_000_000_000L;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Bytes KEY = filled(32, 1);
  private static final Bytes DIGEST = filled(32, 2);
  private static final Mandate TOKEN = new Mandate.Token();

  private final AccountName account;
  private final AttemptPolicy policy;

  StoredAccount(String account, AttemptPolicy policy) {
    this.account = new AccountName(account);
    this.policy = policy;
  }

  /** Makes {@code record} the first active one; the account then has no charges. */
  void enrol(VaultStore store, byte[] record) throws IOException {
    activate(store, 1, TOKEN, record);
  }

  /** Replaces the active record under a session on it. */
  void change(VaultStore store, long generation, byte[] record) throws IOException {
    activate(store, generation, new Mandate.Session(unlock(store)), record);
  }

  /** Erases the active record under a session on it. */
  VaultReply disable(VaultStore store) throws IOException {
    Bytes session = unlock(store);
    return submit(store, new VaultCommand.Disable(START, new Mandate.Session(session)));
  }

  VaultReply charge(VaultStore store) throws IOException {
    return submit(store, new VaultCommand.Charge(START, id(), TOKEN));
  }

  Reply.StatusReport report(VaultStore store) throws IOException {
    VaultReply reply = submit(store, new VaultCommand.Observe(START, policy, TOKEN));
    return ((VaultReply.Observed) reply).report();
  }

  VaultReply submit(VaultStore store, VaultCommand command) throws IOException {
    return store.submit(account, command);
  }

  private Bytes unlock(VaultStore store) throws IOException {
    Bytes session = id();
    assertThat(submit(store, new VaultCommand.Charge(START, session, TOKEN)))
        .isInstanceOf(VaultReply.Permit.class);
    assertThat(submit(store, new VaultCommand.Finish(START, session, true)))
        .isInstanceOf(VaultReply.Verified.class);
    return session;
  }

  private void activate(VaultStore store, long generation, Mandate mandate, byte[] record)
      throws IOException {
    SealedRecord sealed = new SealedRecord(Bytes.copyOf(record));
    Bytes session = id();
    assertThat(
            submit(
                store,
                new VaultCommand.Register(START, id(), generation, KEY, DIGEST, policy, mandate)))
        .isInstanceOf(VaultReply.Reserved.class);
    assertThat(submit(store, new VaultCommand.Stage(START, generation, KEY, DIGEST, sealed, KEY)))
        .isInstanceOf(VaultReply.Recorded.class);
    assertThat(submit(store, new VaultCommand.Confirm(START, session, generation, KEY)))
        .isInstanceOf(VaultReply.Permit.class);
    assertThat(submit(store, new VaultCommand.Finish(START, session, true)))
        .isInstanceOf(VaultReply.Verified.class);
    assertThat(submit(store, new VaultCommand.Activate(START, generation, session)))
        .isInstanceOf(VaultReply.Carried.class);
  }

  static Bytes id() {
    byte[] id = new byte[16];
    RANDOM.nextBytes(id);
    return Bytes.copyOf(id);
  }

  static byte[] plantedRecord() {
    byte[] record = new byte[277];
    RANDOM.nextBytes(record);
    return record;
  }

  private static Bytes filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.copyOf(bytes);
  }
}
