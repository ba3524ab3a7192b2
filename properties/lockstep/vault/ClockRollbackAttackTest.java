package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import lockstep.adapter.vaultstore.SqliteVaultStore;
import lockstep.adapter.vaultstore.SteadyClock;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attack: set the vault's clock back, or restart it with a clock that is wrong. */
@Attack
class ClockRollbackAttackTest {

  private static final AttemptPolicy POLICY = new AttemptPolicy(1, 3, 3_600_000);

  @Test
  @Verifies("LIM-11")
  void aClockSetBackShortensNoWait(@TempDir Path directory) throws IOException {
    try (SqliteVaultStore store = DiskVault.store(directory)) {
      LiveVault vault = new LiveVault(store, POLICY);
      LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
      device.fail();
      long until = vault.time + POLICY.waitMillis();
      for (long back : new long[] {1, 60_000, 86_400_000, MachineRun.START - 2_000}) {
        vault.time = MachineRun.START - back;
        vault.restart();
        assertThat(device.fail()).isEqualTo(new Refusal.Locked(until));
      }
      vault.time = until - 1;
      assertThat(device.fail()).isEqualTo(new Refusal.Locked(until));
      vault.time = until;
      assertThat(device.fail()).isInstanceOf(Refusal.WrongProof.class);
    }
  }

  @Test
  @Verifies({"LIM-11", "LIM-3"})
  void aChargeTakenUnderAClockSetBackLocksFromTheLargestTimeSeen(@TempDir Path directory)
      throws IOException {
    try (SqliteVaultStore store = DiskVault.store(directory)) {
      LiveVault vault = new LiveVault(store, POLICY);
      LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
      vault.time = MachineRun.START - 86_400_000;
      vault.restart();
      assertThat(device.fail())
          .isEqualTo(new Refusal.WrongProof(0, MachineRun.START + POLICY.waitMillis()));
    }
  }

  /** What had expired stays so, whatever the clock shows later. */
  @Test
  @Verifies("AUT-10")
  void aClockSetBackRevivesNoTokenSessionOrChallenge() {
    LiveVault vault = new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
    LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
    Authority stolen = vault.token(LiveVault.ALICE);
    Bytes challenge = device.challenge();
    LiveDevice.Session session = device.unlock().orElseThrow();
    vault.time += 86_400_000;
    assertThat(status(vault, part -> stolen)).isInstanceOf(Refusal.Refused.class);
    vault.time -= 86_400_000;
    assertThat(status(vault, part -> stolen)).isInstanceOf(Refusal.Refused.class);
    assertThat(status(vault, part -> device.signature(challenge, part)))
        .isInstanceOf(Refusal.Refused.class);
    assertThat(
            vault.exchange(
                Request.authorised(
                    any -> new Request.Disable(device.account, any), device.session(session))))
        .isInstanceOf(Refusal.Refused.class);
    vault.restart();
    assertThat(status(vault, part -> vault.token(LiveVault.ALICE)))
        .isInstanceOf(Reply.StatusReport.class);
  }

  /** The clock was a day ahead: a minute is a minute all the same. */
  @Test
  @Verifies({"AUT-10", "AUT-4"})
  void aChallengeDoesNotLiveForAsLongAsTheClockWasSetBack() {
    long[] passed = new long[1];
    LiveVault vault = new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
    LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
    vault.clock =
        new SteadyClock(() -> Instant.ofEpochMilli(vault.time), () -> passed[0] * 1_000_000);
    vault.restart();
    vault.time += 86_400_000;
    device.challenge();
    vault.time -= 86_400_000;
    for (long seconds : new long[] {59, 60, 3_600, 23 * 3_600}) {
      Bytes challenge = device.challenge();
      vault.time += seconds * 1_000;
      passed[0] += seconds * 1_000;
      Reply reply = status(vault, part -> device.signature(challenge, part));
      assertThat(reply instanceof Reply.StatusReport).as(seconds + " s").isEqualTo(seconds < 60);
    }
  }

  private static Reply status(LiveVault vault, Function<byte[], Authority> authority) {
    return vault.exchange(
        Request.authorised(any -> new Request.Status(LiveVault.ALICE, any), authority));
  }
}
