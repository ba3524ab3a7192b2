package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import lockstep.vault.LiveVault.SigningKey;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.VaultId;
import org.junit.jupiter.api.Test;

/** The attack: with a stolen token, enrol a record of one's own under the owner's command key. */
@Attack
class UnprovenKeyAttackTest {

  private static final long GENERATION = 2;
  private static final String PASSWORD = "the thief's password";

  private final MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
  private final LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
  private final LiveDevice owner = new LiveDevice(vault, LiveVault.ALICE).enrolled();
  private final LiveDevice thief = new LiveDevice(vault, LiveVault.ALICE);

  /** The owner has disabled backups; the status report of before named the command key. */
  @Test
  @Verifies("AUT-9")
  void nobodyStagesARecordUnderAKeyThatTheyDoNotHold() {
    vault.exchange(
        Request.authorised(any -> new Request.Disable(owner.account, any), owner.signature()));
    SigningKey key = owner.commandKey;
    try (LiveDevice.Staging staging = thief.new Staging(GENERATION, PASSWORD);
        LiveDevice.Staging seen = owner.new Staging(GENERATION, LiveDevice.RIGHT)) {
      Request.Stage own = staging.stageRequest((Reply.Registered) staging.register(thief.token()));
      Bytes oneTimeKey = staging.oneTimeKey.publicKey;
      VaultId here = vault.id();
      List<Bytes> useless =
          List.of(
              Bytes.zero(64),
              own.keyProof(),
              staging.proof(staging.oneTimeKey),
              seen.proof(key),
              proof(key, here, oneTimeKey, owner.account, GENERATION + 1),
              proof(key, here, oneTimeKey, new AccountName("bob"), GENERATION),
              proof(key, new VaultId(Bytes.zero(32)), oneTimeKey, owner.account, GENERATION));
      for (Bytes proof : useless) {
        assertThat(vault.exchange(under(key.publicKey, proof, own, staging)))
            .isInstanceOf(Refusal.Refused.class);
        assertThat(store.state(owner.account).stage().orElseThrow().staged()).isEmpty();
      }
      assertThat(vault.exchange(under(key.publicKey, staging.proof(key), own, staging)))
          .as("whoever holds the key stages under it")
          .isInstanceOf(Reply.Staged.class);
    }
  }

  private static Bytes proof(
      SigningKey key, VaultId at, Bytes oneTimeKey, AccountName account, long generation) {
    return key.sign(Request.Stage.keyProofInput(at, oneTimeKey, account, generation));
  }

  private static Request.Stage under(
      Bytes key, Bytes proof, Request.Stage own, LiveDevice.Staging staging) {
    return Request.authorised(
        any ->
            new Request.Stage(
                own.account(),
                own.generation(),
                own.registrationRecord(),
                own.wrap(),
                key,
                proof,
                own.suite(),
                own.stretching(),
                any),
        staging::signed);
  }
}
