package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import lockstep.adapter.vaultstore.SqliteVaultStore;
import lockstep.evidence.Attack;
import lockstep.opaque.client.ClientLogin;
import lockstep.spec.Verifies;
import lockstep.vault.LiveDevice.Answer;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attack: pull the plug between the answer to an attempt and its charge. */
@Attack
class ChargeBeforeAnswerAttackTest {

  @Test
  @Verifies("LIM-2")
  void withoutADurableChargeThereIsNoEvaluation() {
    MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
    LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
    LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      store.failsBeforeCommit = true;
      assertThat(device.attempt(login)).isEqualTo(new Refusal.Unavailable());
      store.failsBeforeCommit = false;
      assertThat(device.status().charges()).isZero();
    }
  }

  @Test
  @Verifies({"LIM-2"})
  void whenNobodyKnowsWhetherItIsDurableItIsChargedAndNotEvaluated() {
    MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
    LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
    LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      store.failsAfterCommit = true;
      assertThat(device.attempt(login)).isEqualTo(new Refusal.Unavailable());
      store.failsAfterCommit = false;
      assertThat(device.status().charges()).isEqualTo(1);
    }
  }

  @Test
  @Verifies({"LIM-2", "SES-5"})
  void whenKe2IsOutItsChargeIsOnTheDisk(@TempDir Path directory) throws IOException {
    LiveVault vault;
    LiveDevice device;
    try (SqliteVaultStore store = DiskVault.store(directory);
        SqliteVaultStore afterThePlugWasPulled = DiskVault.store(directory)) {
      vault = new LiveVault(store, AttemptPolicy.STANDARD);
      device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
      for (int charged = 1; charged <= 5; charged++) {
        try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
          Reply reply = device.attempt(login);
          assertThat(reply).isInstanceOf(Reply.Evaluated.class);
          VaultReply.Observed onDisk =
              (VaultReply.Observed)
                  afterThePlugWasPulled.submit(
                      LiveVault.ALICE,
                      new VaultCommand.Observe(
                          0, AttemptPolicy.STANDARD, new VaultCommand.Mandate.Token()));
          assertThat(onDisk.report().charges()).isEqualTo(charged);
          vault.restart();
          Answer answer = device.answer(login, reply).orElseThrow();
          assertThat(device.finish(answer)).isEmpty();
        }
      }
      assertThat(device.fail()).isInstanceOf(Refusal.Locked.class);
    }
  }
}
