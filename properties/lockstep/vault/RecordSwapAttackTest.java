package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lockstep.evidence.Attack;
import lockstep.opaque.client.ClientLogin;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import org.junit.jupiter.api.Test;

/**
 * Whoever writes the vault's database puts the row of an account of his own, whose password he
 * knows, in the place of the victim's, or the victim's in the place of his.
 */
@Verifies("ATR-1")
@Attack
class RecordSwapAttackTest {

  @Test
  void aRowInAnotherAccountsPlaceAnswersNobody() throws Exception {
    try (PausingStore store = new PausingStore()) {
      LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
      LiveDevice alice = new LiveDevice(vault, LiveVault.ALICE).enrolled();
      LiveDevice mallory = new LiveDevice(vault, new AccountName("mallory")).enrolled();
      Bytes alices = store.stored(alice.account);
      Bytes mallorys = store.stored(mallory.account);
      store.restore(alice.account, mallorys);
      store.restore(mallory.account, alices);
      refuses(vault, alice);
      refuses(vault, mallory);
      store.restore(alice.account, alices);
      assertThat(alice.unlock()).isPresent();
    }
  }

  private static void refuses(LiveVault vault, LiveDevice device) {
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      byte[] attempt = vault.message(device.attemptRequest(login));
      assertThatThrownBy(() -> vault.vault.exchange(attempt))
          .isInstanceOf(VaultDamagedException.class);
    }
  }
}
