package lockstep.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.UnlockProperties;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Verifies;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.SignedReply;
import org.junit.jupiter.api.Test;

/** What a network that cuts the connection costs, and what the user is told of it. */
class LostAnswerProperties {

  private static final String PASSWORD = "correct horse";
  private static final String WRONG = "battery staple";

  /** Loses the request or the reply of the first message of that kind. */
  private static VaultClient losing(
      VaultSite site, Class<? extends Request> kind, boolean request, int times) {
    int[] left = {times};
    return message -> {
      boolean lost = left[0] > 0 && kind.isInstance(Request.decode(message).orElseThrow());
      if (lost) {
        left[0]--;
      }
      if (lost && request) {
        throw new IOException("request lost");
      }
      byte[] reply = site.exchange(message);
      if (lost) {
        throw new IOException("reply lost");
      }
      return reply;
    };
  }

  @Test
  @Verifies({"SES-10", "AUT-8~2"})
  void aBrokenExchangeCostsNothing() {
    for (boolean request : new boolean[] {true, false}) {
      try (VaultSite site = UnlockProperties.enrolled()) {
        VaultClient attempt = losing(site, Request.Attempt.class, request, 1);
        VaultClient finish = losing(site, Request.Finish.class, request, 1);
        assertThat(new TestDevice().unlock(site.connection(attempt), WRONG))
            .isEqualTo(new UnlockOutcome.WrongPassword(4, 0));
        assertThat(site.status().charges()).isEqualTo(1);
        UnlockProperties.released(new TestDevice().unlock(site.connection(finish), PASSWORD))
            .close();
        assertThat(site.status().charges()).isZero();
        assertThat(site.status().successes()).isEqualTo(1);
      }
    }
  }

  @Test
  @Verifies({"USR-10", "SES-4~2"})
  void whoAnswersFirstSpendsTheAttemptAndTheUserIsToldEachTime() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      VaultClient network =
          request -> {
            byte[] answer = site.exchange(request);
            if (SignedReply.decode(answer).orElseThrow().reply()
                instanceof Reply.Evaluated evaluated) {
              site.exchange(
                  new Request.Finish(VaultSite.ALICE, evaluated.sessionId(), Bytes.zero(32))
                      .encode(Bytes.zero(32)));
            }
            return answer;
          };
      isToldEachTime(site, network);
    }
  }

  @Test
  @Verifies({"USR-10", "SES-10"})
  void whoDropsEachFinishSpendsTheAttemptAndTheUserIsToldEachTime() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      isToldEachTime(site, losing(site, Request.Finish.class, true, Integer.MAX_VALUE));
    }
  }

  private static void isToldEachTime(VaultSite site, VaultClient network) {
    for (int i = 0; i < 10; i++) {
      if (i == 5) {
        site.pass(Duration.ofHours(24));
      }
      UnlockOutcome outcome = new TestDevice().unlock(site.connection(network), PASSWORD);
      VaultFailure failure = ((UnlockOutcome.VaultFailed) outcome).failure();
      VaultFailure.AttemptSpent spent = (VaultFailure.AttemptSpent) failure;
      assertThat(spent.attemptsRemaining()).isEqualTo(OptionalInt.of(4 - i % 5));
      assertThat(spent.last()).isEqualTo(i == 9);
    }
  }

  @Test
  @Verifies({"USR-10", "AUT-8~2"})
  void anAttemptWithoutAnyAnswerIsSaidToBeSpentPerhaps() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      VaultClient deaf = losing(site, Request.Attempt.class, false, Integer.MAX_VALUE);
      assertThat(new TestDevice().unlock(site.connection(deaf), PASSWORD))
          .isEqualTo(
              new UnlockOutcome.VaultFailed(
                  new VaultFailure.AttemptSpent(OptionalInt.empty(), 0, false)));
      assertThat(site.status().charges()).isEqualTo(1);
    }
  }

  @Test
  @Verifies("USR-10")
  void aForgedAnswerToAnAttemptOrItsFinishSaysThatOneMayHaveBeenSpent() {
    for (Class<? extends Request> kind : List.of(Request.Attempt.class, Request.Finish.class)) {
      try (VaultSite site = UnlockProperties.enrolled()) {
        assertThat(new TestDevice().unlock(site.connection(forging(site, kind)), PASSWORD))
            .isEqualTo(new UnlockOutcome.VaultFailed(new VaultFailure.NotTrusted(true)));
        assertThat(site.status().charges()).isEqualTo(kind.equals(Request.Attempt.class) ? 1 : 0);
      }
    }
  }

  @Test
  @Verifies("USR-10")
  void beforeTheAttemptAForgedAnswerSaysNothingOfTheKind() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      assertThat(
              new TestDevice()
                  .unlock(site.connection(forging(site, Request.Status.class)), PASSWORD))
          .isEqualTo(new UnlockOutcome.VaultFailed(new VaultFailure.NotTrusted(false)));
    }
  }

  /** The vault hears every message; its answers to one kind come with a bit flipped. */
  private static VaultClient forging(VaultSite site, Class<? extends Request> kind) {
    return request -> {
      byte[] answer = site.exchange(request);
      if (kind.isInstance(Request.decode(request).orElseThrow())) {
        answer[answer.length - 1] ^= 1;
      }
      return answer;
    };
  }

  @Test
  @Verifies({"USR-10", "LIM-8~2"})
  void theLastWrongPasswordMeansDestructionThoughAbandonIsLost() {
    try (VaultSite site = UnlockProperties.enrolled()) {
      VaultClient network = losing(site, Request.Abandon.class, true, Integer.MAX_VALUE);
      UnlockOutcome outcome = new UnlockOutcome.NotEnrolled();
      for (int i = 0; i < 10; i++) {
        if (i == 5) {
          site.pass(Duration.ofHours(24));
        }
        outcome = new TestDevice().unlock(site.connection(network), WRONG);
      }
      assertThat(outcome).isEqualTo(new UnlockOutcome.Destroyed());
    }
  }
}
