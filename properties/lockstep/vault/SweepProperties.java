package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import lockstep.opaque.client.ClientLogin;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is over is erased at its time, whether or not anybody ever asks again. */
class SweepProperties {

  private static final AttemptPolicy ONE = new AttemptPolicy(1, 1, 1_000);

  private final MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
  private final LiveVault vault = new LiveVault(store, ONE);
  private final LiveDevice device = new LiveDevice(vault, LiveVault.ALICE);

  @Example
  @Verifies({"ATR-13~2", "LIM-8~2"})
  void anExpiredFinalSessionIsErasedWithoutACommand() throws IOException {
    device.enrolled();
    try (ClientLogin login = device.login(LiveDevice.WRONG)) {
      assertThat(device.attempt(login)).isInstanceOf(Reply.Evaluated.class);
    }
    vault.time += AccountDraft.SESSION_MILLIS - 1;
    assertThat(vault.vault.sweep()).isZero();
    assertThat(store.state(device.account).standing()).isInstanceOf(AccountState.Active.class);
    vault.time += 1;
    assertThat(vault.vault.sweep()).isEqualTo(1);
    assertThat(store.state(device.account).standing()).isInstanceOf(AccountState.Tombstone.class);
    assertThat(vault.vault.sweep()).isZero();
  }

  @Example
  @Verifies({"ATR-13~2", "STG-5~2"})
  void everyAccountsEndedStageIsErased() throws IOException {
    for (int i = 0; i < 5; i++) {
      LiveDevice other = new LiveDevice(vault, new AccountName("other" + i));
      try (LiveDevice.Staging staging = other.new Staging(1, LiveDevice.RIGHT)) {
        staging.register(other.token());
      }
    }
    vault.time += AccountDraft.STAGE_MILLIS;
    assertThat(vault.vault.sweep()).isEqualTo(5);
    for (int i = 0; i < 5; i++) {
      assertThat(store.state(new AccountName("other" + i)).stage()).isEmpty();
    }
  }

  @Example
  @Verifies("ATR-13~2")
  void aSweepThatFailsIsDueStill() throws IOException {
    device.enrolled();
    try (ClientLogin login = device.login(LiveDevice.WRONG)) {
      device.attempt(login);
    }
    vault.time += AccountDraft.SESSION_MILLIS;
    store.failsBeforeCommit = true;
    assertThatThrownBy(vault.vault::sweep).isInstanceOf(IOException.class);
    store.failsBeforeCommit = false;
    assertThat(vault.vault.sweep()).isEqualTo(1);
  }

  /** Whichever it is, and in whatever order they come. */
  @Property(tries = 5)
  @Verifies("ATR-13~2")
  void oneDamagedAccountKeepsNoOtherFromBeingSwept(@ForAll @IntRange(max = 4) int damaged) {
    List<AccountName> all =
        IntStream.range(0, 5).mapToObj(i -> new AccountName("other" + i)).toList();
    MapVaultStoreForSpeed disk = new MapVaultStoreForSpeed();
    LiveVault swept = new LiveVault(disk, ONE);
    for (AccountName name : all) {
      LiveDevice other = new LiveDevice(swept, name);
      try (LiveDevice.Staging staging = other.new Staging(1, LiveDevice.RIGHT)) {
        staging.register(other.token());
      }
    }
    disk.accounts.put(all.get(damaged), Bytes.zero(40));
    swept.time += AccountDraft.STAGE_MILLIS;
    assertThatThrownBy(swept.vault::sweep).isInstanceOf(VaultDamagedException.class);
    for (AccountName name : all) {
      assertThat(name.equals(all.get(damaged)) || disk.state(name).stage().isEmpty()).isTrue();
    }
  }

  /** Whatever the machine keeps that has an end, the store is told of that end. */
  @Property(tries = 50)
  @Verifies("ATR-13~2")
  void whatIsDueIsWhatTheNextMomentErases(@ForAll boolean confirmed, @ForAll boolean last) {
    MachineRun run = new MachineRun(last ? ONE : AttemptPolicy.STANDARD);
    run.register(1, new Mandate.Token());
    run.stage(1);
    if (confirmed) {
      run.time += 100_000;
      run.confirm(run.freshId(), 1);
    }
    long due = run.due.orElseThrow();
    run.time = due - 1;
    run.submit(new VaultCommand.Expire(run.time));
    assertThat(run.erased).isFalse();
    run.time = due;
    run.submit(new VaultCommand.Expire(run.time));
    assertThat(run.erased).isTrue();
    assertThat(run.due).isEmpty();
  }

  @Example
  @Verifies("ATR-13~2")
  void anEnrolledAccountIsNeverDue() {
    MachineRun run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    assertThat(run.due).isEmpty();
    run.fail();
    assertThat(run.due).isEmpty();
  }
}
