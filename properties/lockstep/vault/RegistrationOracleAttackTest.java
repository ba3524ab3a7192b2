package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Refusal.Reason;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** The attack: use registration, which evaluates the OPRF too, in place of charged attempts. */
@Attack
class RegistrationOracleAttackTest {

  private final LiveVault vault =
      new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
  private final LiveDevice device = new LiveDevice(vault, LiveVault.ALICE);

  @Test
  @Verifies("STG-2")
  void theTokenAloneDoesNotReplaceARecord() {
    device.enrolled();
    LiveDevice thief = new LiveDevice(vault, device.account);
    try (LiveDevice.Staging staging = thief.new Staging(2, "thief's password")) {
      assertThat(staging.register(thief.token())).isEqualTo(new Refusal.Refused());
    }
    assertThat(device.unlock()).isPresent();
  }

  @Test
  @Verifies("STG-3~2")
  void registrationIsNoFreeOracle() {
    try (LiveDevice.Staging first = device.new Staging(1, LiveDevice.RIGHT);
        LiveDevice.Staging other = device.new Staging(1, LiveDevice.WRONG)) {
      assertThat(first.register(device.token())).isInstanceOf(Reply.Registered.class);
      Request.Register sameKey =
          Request.authorised(
              any ->
                  new Request.Register(
                      device.account,
                      1,
                      first.oneTimeKey.publicKey,
                      Bytes.copyOf(other.registration.request().encode()),
                      any),
              device.token());
      assertThat(vault.exchange(sameKey)).isEqualTo(new Refusal.Conflict(Reason.OTHER_REQUEST, 0));
      assertThat(other.register(device.token()))
          .isEqualTo(new Refusal.Conflict(Reason.OTHER_REQUEST, 0));
      assertThat(device.status().charges()).isEqualTo(1);
    }
  }
}
