package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import lockstep.adapter.durable.DurableFiles;
import lockstep.vault.StateSealing;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.SealedRecord;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.StretchingParameters;
import lockstep.wire.VaultId;

/** Drives one account through a store by the commands that the shell would give. */
final class StoredAccount {

  static final long START = 1_700_000_000_000L;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Bytes KEY = filled(32, 1);
  private static final Bytes DIGEST = filled(32, 2);
  private static final SealedSecret SECRET = new SealedSecret(filled(60, 3));
  private static final StretchingParameters STRETCHING = new StretchingParameters(65_536, 3, 4);
  private static final Mandate TOKEN = new Mandate.Token();

  private final AccountName account;
  private final AttemptPolicy policy;

  StoredAccount(String account, AttemptPolicy policy) {
    this.account = new AccountName(account);
    this.policy = policy;
  }

  /** The sealing of a vault whose key every process of a test has. */
  static StateSealing sealing() {
    return sealing(5);
  }

  /** The same keyset's for another vault. */
  static StateSealing sealingOfAnother() {
    return sealing(6);
  }

  private static StateSealing sealing(int vault) {
    try {
      return new StateSealing(
          new AesGcmJce(filled(32, 4).toArray()), new VaultId(filled(32, vault)));
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new AssertionError(everyPlatformHasIt);
    }
  }

  /** An empty database of that vault. */
  static void create(Path database) throws IOException {
    SqliteVaultStore.create(database, new DurableFiles(), sealing(), RANDOM);
  }

  /** Makes {@code record} the first active one; the account then has no charges. */
  void enrol(VaultStore store, byte[] record) throws IOException {
    activate(store, 1, TOKEN, record);
  }

  /** Reserves a first stage, which is over ten minutes from then. */
  void reserve(VaultStore store) throws IOException {
    assertThat(
            submit(
                store,
                new VaultCommand.Register(START, id(), 1, KEY, DIGEST, SECRET, policy, TOKEN)))
        .isInstanceOf(VaultReply.Reserved.class);
  }

  /** Replaces the active record under a session on it. */
  void change(VaultStore store, long generation, byte[] record) throws IOException {
    activate(store, generation, new Mandate.Session(unlock(store)), record);
  }

  /** Erases the active record under a session on it. */
  VaultReply disable(VaultStore store) throws IOException {
    return disable(store, unlock(store));
  }

  VaultReply disable(VaultStore store, Bytes session) throws IOException {
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

  /** A verified session on the active record. */
  Bytes unlock(VaultStore store) throws IOException {
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
                new VaultCommand.Register(
                    START, id(), generation, KEY, DIGEST, SECRET, policy, mandate)))
        .isInstanceOf(VaultReply.Reserved.class);
    assertThat(
            submit(
                store,
                new VaultCommand.Stage(
                    START, generation, KEY, DIGEST, SECRET, sealed, STRETCHING, KEY)))
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
