package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import lockstep.adapter.vaultstore.SqliteVaultStore;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.wire.Refusal;
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
      assertThat(device.fail())
          .isEqualTo(new Refusal.WrongProof(0, MachineRun.START + POLICY.waitMillis()));
    }
  }
}
