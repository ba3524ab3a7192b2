package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

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
