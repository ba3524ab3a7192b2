package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody loses a record to an attempt of which they did not know that it was the last. */
class LastAttemptProperties {

  private static final String WRONG = "battery staple";
  private static final Duration WAIT = Duration.ofHours(1);

  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();

  @ParameterizedTest
  @CsvSource({"1,1", "1,2", "2,1", "2,2", "1,3", "3,2"})
  @Verifies("USR-13")
  void theLastAttemptOfAllIsSentOnlyWhereTheUserTakesIt(int each, int rounds) {
    try (VaultSite site = new VaultSite(new AttemptPolicy(each, rounds, WAIT.toMillis()))) {
      new TestDevice().enrol(site, "correct horse");
      VaultConnection unsure = counted(site).askingBeforeTheLast(() -> asked.incrementAndGet() < 0);
      TestDevice device = new TestDevice();
      for (int sent = 1; sent < each * rounds; sent++) {
        assertThat(device.unlock(unsure, WRONG)).isInstanceOf(UnlockOutcome.WrongPassword.class);
        boolean isLocked = sent % each == 0;
        if (isLocked) {
          assertThat(device.unlock(unsure, WRONG)).isInstanceOf(UnlockOutcome.Locked.class);
          site.pass(WAIT);
        }
      }
      assertThat(asked).hasValue(0);
      int before = attempts.get();
      for (int i = 0; i < 3; i++) {
        assertThat(device.unlock(unsure, WRONG))
            .isEqualTo(new UnlockOutcome.VaultFailed(new VaultFailure.LastAttempt()));
      }
      assertThat(asked).hasValue(3);
      assertThat(attempts).as("nothing was sent that is charged").hasValue(before);
      assertThat(device.unlock(counted(site).askingBeforeTheLast(() -> true), WRONG))
          .isInstanceOf(UnlockOutcome.Destroyed.class);
      assertThat(device.unlock(unsure, WRONG)).isInstanceOf(UnlockOutcome.Destroyed.class);
    }
  }

  /** The lock ends on the way from the status to the attempt: nobody was asked yet. */
  @ParameterizedTest
  @CsvSource({"2", "3"})
  @Verifies("USR-13")
  void aLockThatEndsMeanwhileSendsNoLastAttemptUnasked(int rounds) {
    try (VaultSite site = new VaultSite(new AttemptPolicy(1, rounds, WAIT.toMillis()))) {
      new TestDevice().enrol(site, "correct horse");
      TestDevice device = new TestDevice();
      for (int sent = 1; sent < rounds; sent++) {
        site.pass(WAIT);
        assertThat(device.unlock(counted(site), WRONG))
            .isInstanceOf(UnlockOutcome.WrongPassword.class);
      }
      int before = attempts.get();
      VaultConnection slow = counted(site, WAIT).askingBeforeTheLast(() -> false);
      assertThat(device.unlock(slow, WRONG)).isInstanceOf(UnlockOutcome.Locked.class);
      assertThat(attempts).hasValue(before);
      assertThat(site.status().record()).isEqualTo(Reply.RecordState.ACTIVE);
    }
  }

  private VaultConnection counted(VaultSite site) {
    return counted(site, Duration.ZERO);
  }

  /** Each attempt is under way for so long. */
  private VaultConnection counted(VaultSite site, Duration underWay) {
    return site.connection(
        request -> {
          if (Request.decode(request).orElseThrow() instanceof Request.Attempt) {
            attempts.incrementAndGet();
            site.pass(underWay);
          }
          return site.exchange(request);
        });
  }
}
