package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lockstep.adapter.vaultstore.SqliteVaultStore;
import lockstep.evidence.Attack;
import lockstep.opaque.client.ClientLogin;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The attack: more attempts than the budget has, all at once, across restarts, or by enrolling
 * anew.
 */
@Attack
class BudgetAttackTest {

  private static final int THREADS = 12;

  @Test
  @Verifies({"LIM-12", "LIM-2", "LIM-9"})
  void ofTwelveAttemptsAtOnceFiveAreEvaluated(@TempDir Path directory) throws Exception {
    try (SqliteVaultStore store = DiskVault.store(directory)) {
      LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
      LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
      List<Reply> replies = atOnce(device::fail);
      assertThat(replies).filteredOn(Refusal.WrongProof.class::isInstance).hasSize(5);
      assertThat(replies).filteredOn(Refusal.Locked.class::isInstance).hasSize(THREADS - 5);
      assertThat(device.status().charges()).isEqualTo(5);
    }
  }

  @Test
  @Verifies({"LIM-12", "LIM-14"})
  void nineteenRoundsOfEverythingEvaluateTenTimesAndDestroy(@TempDir Path directory)
      throws Exception {
    try (SqliteVaultStore store = DiskVault.store(directory)) {
      LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
      LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
      int evaluated = 0;
      for (int round = 0; round < 19; round++) {
        try (ClientLogin login = device.login(LiveDevice.WRONG)) {
          evaluated += device.attempt(login) instanceof Reply.Evaluated ? 1 : 0;
        }
        vault.restart();
        vault.time += 13 * 3_600_000L;
      }
      assertThat(evaluated).isEqualTo(10);
      assertThat(device.status().record()).isEqualTo(Reply.RecordState.DESTROYED);
    }
  }

  @Test
  @Verifies({"STG-8", "LIM-12", "LIM-14"})
  void enrollingAnewReturnsNoAttemptThatWasSpent() {
    LiveVault own = new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
    LiveDevice owner = new LiveDevice(own, LiveVault.ALICE);
    owner.enrolled();
    for (long generation = 1; generation <= 5; generation++) {
      assertThat(owner.fail()).isInstanceOf(Refusal.WrongProof.class);
      if (generation < 5) {
        own.exchange(
            Request.authorised(any -> new Request.Disable(owner.account, any), owner.signature()));
        assertThat(owner.enrol(LiveDevice.RIGHT, generation + 1, owner.token()))
            .isInstanceOf(Reply.Activated.class);
      }
      assertThat(owner.status().charges()).isEqualTo((int) generation);
    }
    assertThat(owner.fail()).isInstanceOf(Refusal.Locked.class);
  }

  private static List<Reply> atOnce(Callable<Reply> one) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Reply>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(one);
      }
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> reply : threads.invokeAll(all)) {
        replies.add(reply.get());
      }
      return replies;
    } finally {
      threads.shutdownNow();
    }
  }
}
