package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import lockstep.evidence.Attack;
import lockstep.opaque.client.ClientLogin;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import org.junit.jupiter.api.Test;

/**
 * Whoever writes the vault's database puts the row of an account of his own, whose password he
 * knows, in the place of the victim's, or the victim's in the place of his.
 */
@Verifies("ATR-12")
@Attack
class RecordSwapAttackTest {

  @Test
  void aRowInAnotherAccountsPlaceAnswersNobody() throws Exception {
    try (PausingStore store = new PausingStore()) {
      LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
      LiveDevice alice = new LiveDevice(vault, LiveVault.ALICE).enrolled();
      LiveDevice mallory = new LiveDevice(vault, new AccountName("mallory")).enrolled();
      swapRows(store);
      refuses(vault, alice);
      refuses(vault, mallory);
      swapRows(store);
      assertThat(alice.unlock()).isPresent();
    }
  }

  private static void swapRows(PausingStore store) throws SQLException {
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + store.file());
        Statement statement = writer.createStatement()) {
      statement.execute("CREATE TEMP TABLE kept AS SELECT account, state FROM accounts");
      statement.executeUpdate(
          "UPDATE accounts SET state = (SELECT kept.state FROM kept"
              + " WHERE kept.account <> accounts.account)");
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
