package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.Hkdf;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What is erased is worth nothing to whoever learns the vault's keys afterwards. */
class RecordSecretProperties {

  private final MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
  private final LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
  private final LiveDevice device = new LiveDevice(vault, LiveVault.ALICE);

  @Example
  @Verifies("ATR-11")
  void eachStageDrawsASecretOfItsOwn() {
    Set<SealedSecret> secrets = new HashSet<>();
    for (long generation = 1; generation <= 3; generation++) {
      try (LiveDevice.Staging staging = device.new Staging(generation, LiveDevice.RIGHT)) {
        assertThat(staging.register(device.token())).isInstanceOf(Reply.Registered.class);
      }
      secrets.add(stage().secret());
    }
    assertThat(secrets).hasSize(3);
  }

  @Property(tries = 12)
  @Verifies({"ATR-11", "ATR-1~2"})
  void aRecordOpensUnderItsOwnSecretInItsOwnPlaceOnly(
      @ForAll @LongRange(min = 1, max = 3) long generation) throws VaultDamagedException {
    MapVaultStoreForSpeed disk = new MapVaultStoreForSpeed();
    LiveVault own = new LiveVault(disk, AttemptPolicy.STANDARD);
    LiveDevice user = new LiveDevice(own, LiveVault.ALICE);
    RecordSealing seal = new RecordSealing(own.aead);
    for (long before = 1; before < generation; before++) {
      try (LiveDevice.Staging left = user.new Staging(before, LiveDevice.RIGHT)) {
        left.register(user.token());
      }
      own.time += AccountDraft.STAGE_MILLIS;
    }
    user.enrol(LiveDevice.RIGHT, generation, user.token());
    AccountState.Active active = (AccountState.Active) disk.state(user.account).standing();
    assertThat(active.generation()).isEqualTo(generation);
    seal.open(user.account, generation, active.record(), active.secret()).close();
    SealedSecret another = seal.drawSecret(user.account, own.random);
    for (long place = 1; place <= 3; place++) {
      long named = place;
      assertThatThrownBy(() -> seal.open(user.account, named, active.record(), another))
          .isInstanceOf(VaultDamagedException.class);
      if (place != generation) {
        assertThatThrownBy(() -> seal.open(user.account, named, active.record(), active.secret()))
            .isInstanceOf(VaultDamagedException.class);
      }
    }
  }

  /** The record's OPRF seed, made from the clauses with the JDK's own HMAC. */
  @Property(tries = 20)
  @Verifies({"ATR-11", "OPQ-8"})
  void aSecretMakesItsRecordsSeedAndOpensForItsAccountOnly(@ForAll @Size(1) byte[] letter)
      throws GeneralSecurityException, VaultDamagedException {
    AccountName owner = new AccountName("a" + (letter[0] & 0xff));
    AccountName other = new AccountName("b" + (letter[0] & 0xff));
    RecordSealing sealing = new RecordSealing(vault.aead);
    SealedSecret sealed = sealing.drawSecret(owner, vault.random);
    byte[] secret = plain(sealed, owner);
    try (ServerSetup setup = ServerSetup.parse(vault.opaque).orElseThrow();
        ServerSetup ofRecord = sealing.setupFor(owner, setup, sealed);
        SecretBytes encoded = ofRecord.encode()) {
      Mac extract = Mac.getInstance("HmacSHA256");
      extract.init(new SecretKeySpec(seed(vault.opaque), "HmacSHA256"));
      assertThat(seed(encoded)).isEqualTo(extract.doFinal(secret));
      assertThatThrownBy(() -> sealing.setupFor(other, setup, sealed))
          .isInstanceOf(VaultDamagedException.class);
    }
  }

  /** Of sixteen secrets no byte is alike in all, but for a chance of one in 10^34. */
  @Example
  @Verifies("ATR-11")
  void eachByteOfASecretIsDrawn() {
    RecordSealing sealing = new RecordSealing(vault.aead);
    byte[] first = plain(sealing.drawSecret(device.account, vault.random), device.account);
    boolean[] differs = new boolean[32];
    assertThat(first).hasSize(differs.length);
    for (int more = 0; more < 15; more++) {
      byte[] next = plain(sealing.drawSecret(device.account, vault.random), device.account);
      for (int i = 0; i < differs.length; i++) {
        differs[i] |= first[i] != next[i];
      }
    }
    assertThat(differs).doesNotContain(false);
  }

  /** Beneath the keyset lies AES-256-GCM under the secret's own key, which the JDK opens. */
  @Example
  @Verifies({"ATR-11", "ATR-1~2"})
  void aStoredRecordIsSealedUnderItsSecretBeneathTheKeyset() throws GeneralSecurityException {
    device.enrolled();
    AccountState.Active active = (AccountState.Active) store.state(device.account).standing();
    byte[] place = place("lockstep/v1/record", device.account, active.generation());
    byte[] inner = vault.aead.decrypt(active.record().ciphertext().toArray(), place);
    byte[] record;
    try (SecretBytes secret = SecretBytes.absorb(plain(active.secret(), device.account));
        SecretBytes key = Hkdf.derive(secret, KeyLabel.RECORD_SEALING)) {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      byte[] raw = key.expose(byte[]::clone);
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(raw, "AES"),
          new GCMParameterSpec(128, Arrays.copyOf(inner, 12)));
      cipher.updateAAD(place);
      record = cipher.doFinal(inner, 12, inner.length - 12);
    } catch (AEADBadTagException underAnotherKey) {
      record = new byte[0];
    }
    assertThat(contains(Bytes.copyOf(record), device.wrap)).isTrue();
  }

  /** A secret that is sealed in another place than its account's is none. */
  private byte[] plain(SealedSecret sealed, AccountName account) {
    byte[] place = place("lockstep/v1/record-secret", account);
    try {
      return vault.aead.decrypt(sealed.ciphertext().toArray(), place);
    } catch (GeneralSecurityException elsewhere) {
      throw new AssertionError("the secret is not sealed for its account", elsewhere);
    }
  }

  private static byte[] place(String label, AccountName account, long... numbers) {
    byte[] name = account.utf8();
    ByteBuffer place =
        ByteBuffer.allocate(label.length() + Short.BYTES + name.length + 8 * numbers.length);
    place.put(label.getBytes(StandardCharsets.US_ASCII)).putShort((short) name.length).put(name);
    Arrays.stream(numbers).forEach(place::putLong);
    return place.array();
  }

  private static byte[] seed(SecretBytes setup) {
    return setup.expose(bytes -> Arrays.copyOf(bytes, 32));
  }

  /** A stage that ends takes its secret with it; the next one has another. */
  @Example
  @Verifies({"ATR-11", "STG-5~2"})
  void anEndedStageLeavesNoSecret() {
    try (LiveDevice.Staging staging = device.new Staging(1, LiveDevice.RIGHT)) {
      staging.register(device.token());
    }
    Bytes secret = stage().secret().ciphertext();
    assertThat(contains(store.accounts.get(device.account), secret)).isTrue();
    vault.time += AccountDraft.STAGE_MILLIS;
    device.status();
    assertThat(contains(store.accounts.get(device.account), secret)).isFalse();
  }

  /** The vault says no, and erases all the same what is over by then. */
  @Example
  @Verifies("ATR-4~2")
  void aCommandThatIsRefusedErasesWhatIsOver() {
    try (LiveDevice.Staging staging = device.new Staging(1, LiveDevice.RIGHT)) {
      staging.register(device.token());
    }
    Bytes secret = stage().secret().ciphertext();
    vault.time += AccountDraft.STAGE_MILLIS;
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      assertThat(vault.exchange(device.attemptRequest(login))).isEqualTo(new Refusal.NotEnrolled());
    }
    assertThat(contains(store.accounts.get(device.account), secret)).isFalse();
  }

  /** A secret of the stage before does not seal the record of this one. */
  @Example
  @Verifies("ATR-11")
  void aRecordSealedUnderAnotherStagesSecretIsNotTaken() {
    MachineRun run = new MachineRun(AttemptPolicy.STANDARD);
    run.register(1, new VaultCommand.Mandate.Token());
    VaultReply reply =
        run.submit(
            new VaultCommand.Stage(
                run.time,
                1,
                MachineRun.oneTimeKey(1),
                MachineRun.requestDigest(1),
                MachineRun.secret(2),
                MachineRun.record(1),
                MachineRun.STRETCHING,
                MachineRun.commandKey(1)));
    assertThat(reply).isInstanceOf(VaultReply.Declined.class);
    assertThat(run.state().stage().orElseThrow().staged()).isEmpty();
  }

  private AccountState.Stage stage() {
    return store.state(device.account).stage().orElseThrow();
  }

  private static boolean contains(Bytes all, Bytes part) {
    byte[] bytes = all.toArray();
    byte[] wanted = part.toArray();
    for (int at = 0; at + wanted.length <= bytes.length; at++) {
      if (Bytes.copyOf(Arrays.copyOfRange(bytes, at, at + wanted.length)).equals(part)) {
        return true;
      }
    }
    return false;
  }
}
