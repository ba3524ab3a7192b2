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
import lockstep.opaque.client.ClientLogin;
import lockstep.trace.Verifies;
import lockstep.vault.LiveDevice.Answer;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attack: many attempts, or many answers to one attempt, at the same moment. */
class ParallelAttemptsAttackTest {

  private static final int THREADS = 12;

  @Test
  @Verifies({"LIM-12~1", "LIM-2~1", "LIM-9~1"})
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
  @Verifies({"LIM-12~1", "LIM-14~1"})
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
  @Verifies({"SES-4~1", "LIM-10~1"})
  void oneKe3SentTwelveTimesSucceedsOnce() throws Exception {
    LiveVault vault = new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
    LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Answer answer = device.answer(login, device.attempt(login)).orElseThrow();
      List<Reply> replies = atOnce(() -> device.finishReply(answer.sessionId(), answer.ke3()));
      assertThat(replies).filteredOn(Reply.Released.class::isInstance).hasSize(1);
      assertThat(replies).filteredOn(Refusal.SessionUnknown.class::isInstance).hasSize(THREADS - 1);
    }
  }

  @Test
  @Verifies({"SES-4~1", "SES-6~1", "LIM-9~1"})
  void aReplayedKe1OrKe3OpensNothingAndIsCharged() {
    LiveVault vault = new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
    LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Answer answer = device.answer(login, device.attempt(login)).orElseThrow();
      assertThat(device.finish(answer)).isPresent();
      Reply.Evaluated replayed = (Reply.Evaluated) device.attempt(login);
      assertThat(replayed.ke2()).isNotEqualTo(answer.evaluated().ke2());
      Bytes oldProof = answer.ke3();
      assertThat(device.finishReply(replayed.sessionId(), oldProof))
          .isEqualTo(new Refusal.WrongProof(4, 0));
      assertThat(device.status().charges()).isEqualTo(1);
    }
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
