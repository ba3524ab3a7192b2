package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A served vault's time goes on whatever its clock is set to, and goes with it where it can. */
class SteadyClockProperties {

  private static final long START = 1_000_000;

  private long shown = START;
  private long nanos;

  @Property(tries = 300)
  @Verifies("AUT-10")
  void timeGoesOnAtItsRateWhateverTheClockIsSetTo(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 5_000) Integer> pauses,
      @ForAll @Size(20) List<@IntRange(min = -9_000, max = 9_000) Integer> steps) {
    shown = START;
    nanos = 0;
    SteadyClock clock = new SteadyClock(() -> Instant.ofEpochMilli(shown), () -> nanos);
    long before = clock.millis();
    assertThat(before).isEqualTo(START);
    for (int i = 0; i < pauses.size(); i++) {
      long pause = pauses.get(i);
      nanos += pause * 1_000_000;
      shown += pause + steps.get(i);
      long now = clock.millis();
      assertThat(now).isEqualTo(Math.max(before + pause, shown));
      before = now;
    }
  }

  /** However far it jumps and comes back: it is never behind the time that has really passed. */
  @Property(tries = 300)
  @Verifies({"AUT-10", "AUT-12"})
  void whoGoesBackIsNeverBehindWhatHasPassed(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 9_000_000) Integer> pauses,
      @ForAll @Size(20) List<@IntRange(min = -9, max = 9) Integer> hours) {
    shown = START;
    nanos = 0;
    SteadyClock clock = new SteadyClock(() -> Instant.ofEpochMilli(shown), () -> nanos);
    for (int i = 0; i < pauses.size(); i++) {
      nanos += pauses.get(i) * 1_000_000L;
      shown = START + nanos / 1_000_000 + hours.get(i) * 3_600_000L;
      clock.goBack();
      long now = clock.millis();
      assertThat(now)
          .isGreaterThanOrEqualTo(START + nanos / 1_000_000)
          .isGreaterThanOrEqualTo(shown);
      assertThat(clock.isBack()).isFalse();
    }
  }
}
