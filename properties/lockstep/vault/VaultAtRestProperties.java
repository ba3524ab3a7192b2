package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import lockstep.opaque.client.ClientLogin;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.vault.LiveDevice.Answer;
import lockstep.vault.LiveDevice.Session;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AccountStateCodec;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.VaultId;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What the vault stores: sealed, in its place, and no secret among the commands. */
class VaultAtRestProperties {

  private final MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
  private final LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
  private final LiveDevice device = new LiveDevice(vault, LiveVault.ALICE);

  @Example
  @Verifies("ATR-1~2")
  void aRecordOpensOnlyInItsOwnPlace() {
    device.enrolled();
    LiveDevice bob = new LiveDevice(vault, new AccountName("bob")).enrolled();
    AccountState alices = store.state(device.account);
    AccountState bobs = store.state(bob.account);
    AccountDraft swapped = new AccountDraft(bobs);
    swapped.standing =
        new AccountState.Active(
            1,
            ((AccountState.Active) alices.standing()).record(),
            ((AccountState.Active) bobs.standing()).secret(),
            MachineRun.STRETCHING,
            bob.commandKey.publicKey);
    store.accounts.put(bob.account, AccountStateCodec.encode(swapped.toState()));
    assertThatThrownBy(() -> attemptRaw(bob)).isInstanceOf(VaultDamagedException.class);
  }

  @Property(tries = 100)
  @Verifies("ATR-12")
  void aStateOpensForItsAccountAtItsVaultAsItWasSealedOnly(
      @ForAll @Size(max = 200) byte[] state,
      @ForAll @IntRange(max = 10_000) int place,
      @ForAll @IntRange(max = 7) int bit)
      throws VaultDamagedException {
    StateSealing own = new StateSealing(vault.aead, vault.id());
    StateSealing another = new StateSealing(vault.aead, new VaultId(vault.randomBytes(32)));
    AccountName bob = new AccountName("bob");
    byte[] sealed = own.sealState(LiveVault.ALICE, Bytes.copyOf(state));
    assertThat(own.openState(LiveVault.ALICE, sealed)).isEqualTo(Bytes.copyOf(state));
    assertThatThrownBy(() -> own.openState(bob, sealed)).isInstanceOf(VaultDamagedException.class);
    assertThatThrownBy(() -> another.openState(LiveVault.ALICE, sealed))
        .isInstanceOf(VaultDamagedException.class);
    assertThatThrownBy(() -> own.openRegister(sealed)).isInstanceOf(VaultDamagedException.class);
    byte[] changed = sealed.clone();
    changed[place % changed.length] ^= (byte) (1 << bit);
    assertThatThrownBy(() -> own.openState(LiveVault.ALICE, changed))
        .isInstanceOf(VaultDamagedException.class);
  }

  @Example
  @Verifies("ATR-5~2")
  void damageIsToldApartFromUnavailability() {
    device.enrolled();
    byte[] bytes = store.accounts.get(device.account).toArray();
    bytes[bytes.length / 2] ^= 1;
    Bytes damaged = Bytes.copyOf(bytes);
    store.accounts.put(device.account, damaged);
    assertThatThrownBy(() -> attemptRaw(device)).isInstanceOf(VaultDamagedException.class);
    assertThat(store.accounts.get(device.account)).isEqualTo(damaged);
  }

  @Example
  @Verifies({"ATR-7", "ATR-1~2", "SES-5"})
  void neitherACommandNorTheStoreHoldsASecret() {
    device.enrolled();
    Session session = device.unlock().orElseThrow();
    List<String> planted = new ArrayList<>();
    planted.add(hex(device.wrap.toArray()));
    planted.add(session.sessionSecret().expose(VaultAtRestProperties::hex));
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      planted.add(hex(login.request().encode()));
      Answer answer = device.answer(login, device.attempt(login)).orElseThrow();
      planted.add(hex(answer.ke3().toArray()));
      device.finish(answer);
    }
    planted.add(hex(LiveDevice.RIGHT.getBytes(StandardCharsets.UTF_8)));
    String seen = hex(store.accounts.get(device.account).toArray()) + flatten(store.commands);
    assertThat(seen).contains(hex(device.commandKey.publicKey.toArray()));
    planted.forEach(secret -> assertThat(seen).doesNotContain(secret));
  }

  @Example
  @Verifies("ATR-6")
  void everyCommandCarriesItsTime() {
    vault.time = MachineRun.START + 12_345;
    device.enrolled();
    device.unlock();
    assertThat(store.commands).extracting(VaultCommand::time).containsOnly(vault.time);
  }

  @Example
  @Verifies("ATR-8")
  void theVaultIdIsTheHashOfItsKey() throws GeneralSecurityException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update("lockstep/v1/vault-id".getBytes(StandardCharsets.US_ASCII));
    sha256.update(vault.identity.publicKey().toArray());
    assertThat(vault.identity.id().value()).isEqualTo(Bytes.copyOf(sha256.digest()));
    try (SecretBytes seed = vault.identity.seed();
        VaultIdentity same = VaultIdentity.fromSeed(seed);
        VaultIdentity other = VaultIdentity.generate(vault.random)) {
      assertThat(same.id()).isEqualTo(vault.id());
      assertThat(other.id()).isNotEqualTo(vault.id());
    }
  }

  @Property(tries = 20)
  @Verifies("ATR-8")
  void anIdentitysIdIsThatOfItsOwnKeyAlone(@ForAll @Size(32) byte[] seed) {
    byte[] other = seed.clone();
    other[31] ^= 1;
    try (SecretBytes one = SecretBytes.copyOf(seed);
        SecretBytes two = SecretBytes.copyOf(other);
        VaultIdentity identity = VaultIdentity.fromSeed(one);
        VaultIdentity same = VaultIdentity.fromSeed(one);
        VaultIdentity neighbour = VaultIdentity.fromSeed(two)) {
      assertThat(identity.id()).isEqualTo(same.id()).isNotEqualTo(neighbour.id());
    }
  }

  @Example
  @Verifies("SEC-3")
  void closedKeysAreNotRead() {
    VaultKeys keys = VaultKeys.generate(vault.random);
    assertThat(keys.encode()).isNotEmpty();
    keys.close();
    keys.close();
    assertThatThrownBy(keys::encode).isInstanceOf(IllegalStateException.class);
    VaultIdentity identity = VaultIdentity.generate(vault.random);
    identity.seed().close();
    identity.close();
    identity.close();
    assertThatThrownBy(identity::seed).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> identity.answer(new byte[1], new Refusal.Malformed()))
        .isInstanceOf(IllegalStateException.class);
  }

  private void attemptRaw(LiveDevice owner) throws VaultDamagedException {
    try (ClientLogin login = owner.login(LiveDevice.RIGHT)) {
      vault.vault.exchange(vault.message(owner.attemptRequest(login)));
    }
  }

  /** Every byte string that the commands hold, in hexadecimal. */
  private static String flatten(List<VaultCommand> commands) {
    StringBuilder text = new StringBuilder();
    commands.forEach(command -> flatten(command, text));
    return text.toString();
  }

  private static void flatten(Object value, StringBuilder text) {
    if (value instanceof Bytes bytes) {
      text.append(hex(bytes.toArray())).append(' ');
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        try {
          component.getAccessor().setAccessible(true);
          flatten(component.getAccessor().invoke(value), text);
        } catch (ReflectiveOperationException failure) {
          throw new LinkageError(failure.getMessage(), failure);
        }
      }
    }
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
