package lockstep.adapter.vaultstore;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import lockstep.spec.Implements;

/**
 * The clock of a vault that is served: it follows another one as long as that goes forward, and
 * goes on by itself when that is set back. Safe for use by several threads.
 */
@Implements("AUT-10")
public final class SteadyClock implements InstantSource {

  private static final long NANOS_OF_MILLI = 1_000_000;

  private final InstantSource clock;
  private final LongSupplier nanos;
  private long millis;
  private long since;

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
    millis = shown;
    since = passed;
    return Instant.ofEpochMilli(shown);
  }
}
