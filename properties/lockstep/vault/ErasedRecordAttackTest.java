package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/**
 * Somebody copied a record, or has the vault's keyset, or gets both one after the other: the record
 * alone and keys that are learnt after it was erased open nothing.
 */
@Attack
class ErasedRecordAttackTest {

  private final MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
  private final LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
  private final LiveDevice device = new LiveDevice(vault, LiveVault.ALICE);
  private final RecordSealing sealing = new RecordSealing(vault.aead);

  @Test
  @Verifies({"ATR-1~2", "ATR-11"})
  void keysLearntAfterTheErasureOpenNoCopiedRecord() {
    device.enrolled();
    AccountState.Active copied = (AccountState.Active) store.state(device.account).standing();
    Request disable =
        Request.authorised(any -> new Request.Disable(device.account, any), device.signature());
    assertThat(vault.exchange(disable)).isInstanceOf(Reply.Disabled.class);
    String left = hex(store.accounts.get(device.account));
    assertThat(left)
        .doesNotContain(hex(copied.secret().ciphertext()))
        .doesNotContain(hex(copied.record().ciphertext()));
    SealedSecret guessed = sealing.drawSecret(device.account, vault.random);
    assertThatThrownBy(() -> sealing.open(device.account, 1, copied.record(), guessed))
        .isInstanceOf(VaultDamagedException.class);
  }

  @Test
  @Verifies({"ATR-1~2", "ATR-11"})
  void anotherAccountsRecordOrSecretOpensNothing() {
    LiveDevice mallory = new LiveDevice(vault, new AccountName("mallory")).enrolled();
    device.enrolled();
    AccountState.Active his = (AccountState.Active) store.state(mallory.account).standing();
    AccountState.Active hers = (AccountState.Active) store.state(device.account).standing();
    assertThatThrownBy(() -> sealing.open(device.account, 1, his.record(), his.secret()))
        .isInstanceOf(VaultDamagedException.class);
    assertThatThrownBy(() -> sealing.open(device.account, 1, his.record(), hers.secret()))
        .isInstanceOf(VaultDamagedException.class);
    assertThatThrownBy(() -> sealing.open(mallory.account, 1, hers.record(), hers.secret()))
        .isInstanceOf(VaultDamagedException.class);
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }
}
