package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lockstep.evidence.Attack;
import lockstep.opaque.client.ClientLogin;
import lockstep.spec.Verifies;
import lockstep.vault.LiveDevice.Answer;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** The attack: send again what was sent before. */
@Attack
class ReplayAttackTest {

  private static final int THREADS = 12;

  @Test
  @Verifies({"SES-4~2", "LIM-10"})
  void oneKe3SentTwelveTimesSucceedsOnce() throws Exception {
    LiveVault vault = new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
    LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Answer answer = device.answer(login, device.attempt(login)).orElseThrow();
      List<Reply> replies = atOnce(() -> device.finishReply(answer.sessionId(), answer.ke3()));
      assertThat(replies).hasSize(THREADS).containsOnly(replies.get(0));
      assertThat(replies.get(0)).isInstanceOf(Reply.Released.class);
      assertThat(device.status().successes()).isEqualTo(1);
    }
  }

  @Test
  @Verifies({"SES-4~2", "SES-6~2", "LIM-9"})
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

  @Test
  @Verifies({"AUT-4", "AUT-5", "SES-4~2"})
  void aRecordedSignedOrSessionCommandHasNoEffectASecondTime() {
    LiveVault vault = new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
    LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
    byte[] signed =
        vault.message(
            Request.authorised(
                any -> new Request.Disable(device.account, any), device.signature()));
    assertThat(vault.exchange(signed)).isInstanceOf(Reply.Disabled.class);
    device.enrol(LiveDevice.RIGHT, 2, device.token());
    assertThat(vault.exchange(signed)).isInstanceOf(Refusal.Refused.class);
    byte[] bySession =
        vault.message(
            Request.authorised(
                any -> new Request.Disable(device.account, any),
                device.session(device.unlock().orElseThrow())));
    assertThat(vault.exchange(bySession)).isInstanceOf(Reply.Disabled.class);
    device.enrol(LiveDevice.RIGHT, 3, device.token());
    assertThat(vault.exchange(bySession)).isInstanceOf(Refusal.Refused.class);
    assertThat(device.unlock()).isPresent();
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
