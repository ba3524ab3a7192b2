package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lockstep.device.Messages;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** Somebody between device and vault, or in the vault's place, answers for it. */
@Attack
class VaultImpersonationAttackTest {

  private static final String PASSWORD = "correct horse";
  private static final UnlockOutcome NOT_TRUSTED =
      new UnlockOutcome.VaultFailed(new VaultFailure.NotTrusted());
  private static final UnlockOutcome AFTER_AN_ATTEMPT =
      new UnlockOutcome.VaultFailed(new VaultFailure.NotTrusted(true));

  @Test
  @Verifies({"ENR-1", "WIR-4~2"})
  void anotherVaultInItsPlaceGetsNoPassword() {
    try (VaultSite site = UnlockProperties.enrolled();
        VaultSite impostor = UnlockProperties.enrolled()) {
      Messages messages = new Messages(impostor::exchange);
      assertThat(new TestDevice().unlock(site.connection(messages), PASSWORD))
          .isEqualTo(NOT_TRUSTED);
      assertThat(messages.count(Request.Attempt.class)).isZero();
    }
  }

  @Test
  @Verifies("ENR-1")
  void aVaultWhoseIdentityChangedIsNotEvenAsked() {
    try (VaultSite site = UnlockProperties.enrolled();
        VaultSite impostor = UnlockProperties.enrolled()) {
      TestDevice device = new TestDevice();
      device.unlock(site, "battery staple");
      List<byte[]> heard = new ArrayList<>();
      VaultConnection other =
          impostor.connection(
              request -> {
                heard.add(request);
                return impostor.exchange(request);
              });
      assertThat(device.unlock(other, PASSWORD)).isEqualTo(NOT_TRUSTED);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  @Verifies("WIR-4~2")
  void noReplyIsBelievedWithAnyBitFlipped() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      for (int exchange = 0; exchange < 3; exchange++) {
        for (int bit : new int[] {0, 9, 21, 200, 511, -1, -300}) {
          assertThat(new TestDevice().unlock(site.connection(flip(site, exchange, bit)), PASSWORD))
              .isEqualTo(exchange == 0 ? NOT_TRUSTED : AFTER_AN_ATTEMPT);
          UnlockProperties.released(new TestDevice().unlock(site, PASSWORD)).close();
        }
      }
    }
  }

  @Test
  @Verifies("WIR-4~2")
  void theReplyToAnotherRequestIsNotBelieved() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      List<byte[]> recorded = new ArrayList<>();
      VaultClient recording =
          request -> {
            byte[] reply = site.exchange(request);
            recorded.add(reply);
            return reply;
          };
      UnlockProperties.released(new TestDevice().unlock(site.connection(recording), PASSWORD))
          .close();
      assertThat(recorded).hasSize(3);
      for (int replayed = 0; replayed < recorded.size(); replayed++) {
        byte[] old = recorded.get(replayed);
        int place = replayed;
        int[] exchanges = new int[1];
        VaultClient replaying = request -> exchanges[0]++ == place ? old : site.exchange(request);
        assertThat(new TestDevice().unlock(site.connection(replaying), PASSWORD))
            .isEqualTo(place == 0 ? NOT_TRUSTED : AFTER_AN_ATTEMPT);
      }
    }
  }

  @Test
  @Verifies("WIR-4~2")
  void garbageIsNotBelieved() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      for (int length : new int[] {0, 1, 63, 64, 65, 66, 16_384, 16_385}) {
        assertThat(new TestDevice().unlock(site.connection(request -> new byte[length]), PASSWORD))
            .isEqualTo(NOT_TRUSTED);
      }
    }
  }

  /** Flips one bit of the reply of one exchange; a negative bit counts from the end. */
  private static VaultClient flip(VaultSite site, int place, int bit) {
    int[] exchanges = new int[1];
    return request -> {
      byte[] reply = site.exchange(request);
      if (exchanges[0]++ == place) {
        int at = Math.floorMod(bit, reply.length * 8);
        reply[at / 8] ^= (byte) (1 << at % 8);
      }
      return reply;
    };
  }

  @Test
  @Verifies("ENR-1")
  void withoutAnAnswerTheVaultIsUnavailable() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      VaultClient dead =
          request -> {
            throw new IOException("no route");
          };
      assertThat(new TestDevice().unlock(site.connection(dead), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(new VaultFailure.Unavailable()));
    }
  }
}
