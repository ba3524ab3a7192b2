package lockstep.adapter.vaultstore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * The clock of a vault that is served: it follows another one as long as that goes forward, and
 * goes on by itself when that is set back. A jump far ahead is remembered for a day, so that it can
 * be told when the other clock is {@linkplain #isBack right again}. Safe for use by several
 * threads.
 */
@Implements("AUT-10")
public final class SteadyClock implements InstantSource {

  private static final long NANOS_OF_MILLI = 1_000_000;
  private static final long FAR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long REMEMBERED_MILLIS = Duration.ofDays(1).toMillis();

  private final InstantSource clock;
  private final LongSupplier nanos;
  private long millis;
  private long since;
  private Optional<Jump> jump = Optional.empty();

  /** What this clock followed before it jumped far ahead. */
  private record Jump(long millis, long since, long jumpedAt) {

    long steadyAt(long nanos) {
      return millis + (nanos - since) / NANOS_OF_MILLI;
    }

    boolean isForgottenAt(long nanos) {
      return nanos - jumpedAt > REMEMBERED_MILLIS * NANOS_OF_MILLI;
    }
  }

  /**
   * Follows that clock.
   *
   * @param nanos the time that has passed, in nanoseconds from any beginning, whatever a clock
   *     shows
   */
  public SteadyClock(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.millis = clock.millis();
    this.since = nanos.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long passed = nanos.getAsLong();
    long steady = millis + (passed - since) / NANOS_OF_MILLI;
    long shown = clock.millis();
    if (shown <= steady) {
      return Instant.ofEpochMilli(steady);
    }
    jump = jump.filter(one -> !one.isForgottenAt(passed));
    if (jump.isEmpty() && shown - steady > FAR_MILLIS) {
      jump = Optional.of(new Jump(millis, since, passed));
    }
    millis = shown;
    since = passed;
    return Instant.ofEpochMilli(shown);
  }

  /**
   * Whether the other clock had jumped ahead by more than an hour, less than a day ago, and shows
   * again what it would show without, to within an hour.
   */
  @Decides("AUT-12")
  synchronized boolean isBack() {
    long passed = nanos.getAsLong();
    return jump.filter(one -> !one.isForgottenAt(passed))
        .filter(one -> Math.abs(clock.millis() - one.steadyAt(passed)) <= FAR_MILLIS)
        .isPresent();
  }

  /**
   * Goes on where it would be without the jump, and at no earlier time, if the other clock {@link
   * #isBack}. What was judged by this clock meanwhile has to be over.
   */
  @Implements("AUT-12")
  synchronized void goBack() {
    if (isBack()) {
      Jump undone = jump.orElseThrow();
      millis = undone.millis();
      since = undone.since();
      jump = Optional.empty();
    }
  }
}
