package lockstep.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import lockstep.backup.store.Progress;
import lockstep.spec.Implements;

/** How far a command has come, as lines that can be kept: one every ten seconds, and a last one. */
@Implements("CLI-17")
final class PlainProgress implements Progress {

  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int PERCENT = 100;
  private static final int SECONDS_SHOWN_BELOW = 120;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final int MILLIS = 1000;

  private final String task;
  private final PrintStream lines;
  private final InstantSource clock;
  private final Instant begun;
  private Instant told;
  private long expected;
  private long done;

  PlainProgress(String task, PrintStream lines, InstantSource clock) {
    this.task = task;
    this.lines = lines;
    this.clock = clock;
    this.begun = clock.instant();
    this.told = begun;
  }

  @Override
  public boolean wantsTotals() {
    return true;
  }

  @Override
  public synchronized void expect(long files, long bytes) {
    expected = bytes;
  }

  @Override
  public synchronized void advanced(long bytes) {
    done += bytes;
    Instant now = clock.instant();
    if (Duration.between(told, now).compareTo(EVERY) >= 0) {
      told = now;
      lines.println(task + ": " + state(Duration.between(begun, now).toMillis()));
    }
  }

  @Override
  public void fileDone() {}

  /** The last line. */
  synchronized void end() {
    long millis = Math.max(0, Duration.between(begun, clock.instant()).toMillis());
    lines.println(task + ": " + ByteText.of(done) + " in " + words(millis / MILLIS));
  }

  private String state(long millis) {
    long rate = millis > 0 ? (long) ((double) done * MILLIS / millis) : 0;
    String speed = ", " + ByteText.of(rate) + "/s";
    if (expected < done || expected == 0) {
      return ByteText.of(done) + speed;
    }
    long percent = (long) ((double) done * PERCENT / expected);
    String left = rate > 0 ? ", " + words((expected - done) / rate) + " left" : "";
    return ByteText.of(done)
        + " of "
        + ByteText.of(expected)
        + ", "
        + percent
        + " %"
        + speed
        + left;
  }

  private static String words(long seconds) {
    if (seconds < SECONDS_SHOWN_BELOW) {
      return seconds + " s";
    }
    return seconds < HOUR
        ? seconds / MINUTE + " min"
        : seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min";
  }
}
