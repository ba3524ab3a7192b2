package lockstep.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import lockstep.backup.store.Progress;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** How far a command has come, as lines that can be kept: one every ten seconds, and a last one. */
@Implements({"CLI-17", "CLI-20"})
final class PlainProgress implements Progress {

  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int PERCENT = 100;
  private static final int SECONDS_SHOWN_BELOW = 120;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final int MILLIS = 1000;

  private final String task;
  private final boolean json;
  private final PrintStream lines;
  private final InstantSource clock;
  private final Instant begun;
  private Instant told;
  private long expected;
  private long done;

  /** {@code json} where a program reads the lines. */
  PlainProgress(String task, boolean json, PrintStream lines, InstantSource clock) {
    this.task = task;
    this.json = json;
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
      long millis = Duration.between(begun, now).toMillis();
      lines.println(json ? object(millis, false) : task + ": " + state(millis));
    }
  }

  @Override
  public void fileDone() {}

  /** The last line. */
  synchronized void end() {
    long millis = Math.max(0, Duration.between(begun, clock.instant()).toMillis());
    lines.println(
        json
            ? object(millis, true)
            : task + ": " + ByteText.of(done) + " in " + words(millis / MILLIS));
  }

  /** One line; it holds numbers and a word of ours, which need no escape. */
  @Decides("CLI-20")
  private String object(long millis, boolean isLast) {
    long rate = rate(millis);
    StringBuilder object = new StringBuilder("{\"progress\":\"").append(task).append('"');
    object.append(",\"bytes\":").append(done);
    if (isExpected()) {
      object.append(",\"bytesExpected\":").append(expected);
    }
    object.append(",\"milliseconds\":").append(millis);
    object.append(",\"bytesPerSecond\":").append(rate);
    if (!isLast && isExpected() && rate > 0) {
      object.append(",\"secondsLeft\":").append((expected - done) / rate);
    }
    return object.append(",\"last\":").append(isLast).append('}').toString();
  }

  private boolean isExpected() {
    return expected >= done && expected > 0;
  }

  private long rate(long millis) {
    return millis > 0 ? (long) ((double) done * MILLIS / millis) : 0;
  }

  private String state(long millis) {
    long rate = rate(millis);
    String speed = ", " + ByteText.of(rate) + "/s";
    if (!isExpected()) {
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
