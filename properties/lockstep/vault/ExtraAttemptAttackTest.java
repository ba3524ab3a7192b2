package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import lockstep.evidence.Attack;
import lockstep.opaque.client.ClientLogin;
import lockstep.spec.Verifies;
import lockstep.vault.LiveDevice.Session;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Refusal.Reason;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/**
 * The extra-attempt attack of the CRYPTO 2023 analysis: whoever can suppress messages makes a
 * client register one password again and again, each time for a fresh budget; and its relatives,
 * which use registration and confirmation as oracles.
 */
@Attack
class ExtraAttemptAttackTest {

  private final LiveVault vault =
      new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
  private final LiveDevice device = new LiveDevice(vault, LiveVault.ALICE);

  /** On a name that was disabled: the old budget goes on, and each further one has an epoch. */
  @Test
  @Verifies({"STG-4", "LIM-8~2", "LIM-12", "LIM-14", "STG-1"})
  void suppressedEnrolmentsSpendOneBudgetAnEpoch() {
    device.enrolled();
    Session owner = device.unlock().orElseThrow();
    Request disable =
        Request.authorised(any -> new Request.Disable(device.account, any), device.session(owner));
    assertThat(vault.exchange(disable)).isInstanceOf(Reply.Disabled.class);
    Map<Long, Integer> evaluated = new TreeMap<>();
    for (int i = 0; i < 50; i++) {
      try (LiveDevice.Staging staging =
          device.new Staging(device.status().lastGeneration() + 1, LiveDevice.RIGHT)) {
        if (staging.register(device.token()) instanceof Reply.Registered registered) {
          evaluated.merge(device.status().epoch(), 1, Integer::sum);
          vault.exchange(staging.stageRequest(registered));
        }
      }
      vault.time += 3_600_000;
    }
    assertThat(evaluated.keySet()).containsExactly(1L, 2L);
    assertThat(evaluated.get(1L)).isEqualTo(10);
    assertThat(evaluated.get(2L)).isLessThanOrEqualTo(10);
    assertThat(device.status().record()).isEqualTo(Reply.RecordState.NONE);
  }

  /**
   * On a name that never had a record, too, whoever made no stage gets nothing evaluated but their
   * own: each stage has a key of its own, and its confirmation wants its one-time key.
   */
  @Test
  @Verifies({"STG-2", "STG-6", "LIM-8~2", "OPQ-8", "ATR-11"})
  void suppressedFirstEnrolmentsEvaluateNothingForAnybodyElse() {
    Set<Bytes> evaluations = new HashSet<>();
    int stages = 0;
    try (LiveDevice.Staging owner = device.new Staging(1, LiveDevice.RIGHT);
        ClientLogin guess = device.login(LiveDevice.RIGHT)) {
      for (int i = 0; i < 50; i++) {
        long generation = device.status().lastGeneration() + 1;
        try (LiveDevice.Staging thief = device.new Staging(generation, LiveDevice.RIGHT)) {
          Bytes element = Bytes.copyOf(owner.registration.request().encode());
          Request register =
              Request.authorised(
                  any ->
                      new Request.Register(
                          device.account, generation, owner.oneTimeKey.publicKey, element, any),
                  device.token());
          if (vault.exchange(register) instanceof Reply.Registered registered) {
            stages++;
            evaluations.add(registered.registrationResponse());
            assertThat(vault.exchange(thief.stageRequest(registered)))
                .isInstanceOf(Refusal.Refused.class);
            assertThat(vault.exchange(thief.confirmRequest(guess)))
                .isInstanceOf(Refusal.Refused.class);
          }
          assertThat(device.attempt(guess)).isInstanceOf(Refusal.NotEnrolled.class);
        }
        vault.time += 3_600_000;
      }
    }
    assertThat(stages).as("more than one budget of stages").isGreaterThan(10);
    assertThat(evaluations).as("none under the key of another").hasSize(stages);
    assertThat(device.status().record()).isEqualTo(Reply.RecordState.NONE);
  }

  @Test
  @Verifies("STG-7~2")
  void aStageAnswersOneAttemptAtItsPassword() {
    try (LiveDevice.Staging staging = device.new Staging(1, LiveDevice.RIGHT)) {
      Reply.Registered registered = (Reply.Registered) staging.register(device.token());
      vault.exchange(staging.stageRequest(registered));
      for (int i = 0; i < 5; i++) {
        try (ClientLogin login = device.login(LiveDevice.WRONG)) {
          Reply reply = vault.exchange(staging.confirmRequest(login));
          if (i == 0) {
            assertThat(reply).isInstanceOf(Reply.Evaluated.class);
          } else {
            assertThat(reply).isEqualTo(new Refusal.Conflict(Reason.ALREADY_CONFIRMED, 0));
          }
        }
      }
    }
  }

  @Test
  @Verifies({"STG-8", "STG-4"})
  void aThiefsLockOutlastsTheOwnersConfirmation() {
    LiveVault strict =
        new LiveVault(new MapVaultStoreForSpeed(), new AttemptPolicy(3, 2, 3_600_000));
    LiveDevice owner = new LiveDevice(strict, LiveVault.ALICE).enrolled();
    Session session = owner.unlock().orElseThrow();
    Function<byte[], Authority> authority = owner.session(session);
    try (LiveDevice.Staging staging = owner.new Staging(2, LiveDevice.RIGHT)) {
      Reply.Registered registered = (Reply.Registered) staging.register(authority);
      owner.fail();
      owner.fail();
      long until = owner.status().lockedUntil();
      assertThat(until).isPositive();
      strict.exchange(staging.stageRequest(registered));
      assertThat(owner.confirm(staging, LiveDevice.RIGHT)).isPresent();
      assertThat(owner.status().lockedUntil()).isEqualTo(until);
      assertThat(owner.fail()).isEqualTo(new Refusal.Locked(until));
    }
  }
}
