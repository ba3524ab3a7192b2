package lockstep.backup.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import lockstep.backup.notes.FileStamp;
import lockstep.spec.Decides;

/**
 * Decides whether a stamp may be relied on later.
 *
 * <p>A file that is written again within one tick of its file system's clock keeps its stamp. So a
 * stamp that is younger than a tick when the file is read is noted as one that no file has.
 */
@Decides("BAK-4")
public record StampRule(InstantSource clock) {

  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration COARSE_TICK = Duration.ofSeconds(2);
  private static final Instant NEVER = Instant.ofEpochSecond(Long.MIN_VALUE >> 20);

  /** The stamp to note for a file that is about to be read. */
  public FileStamp toNote(FileStamp listed) {
    Instant changedAt = listed.changedAt();
    boolean wholeSeconds = changedAt.equals(changedAt.truncatedTo(ChronoUnit.SECONDS));
    Duration tick = wholeSeconds ? COARSE_TICK : TICK;
    boolean settled = changedAt.plus(tick).isBefore(clock.instant());
    return settled ? listed : never(listed);
  }

  /** A stamp that no file has, for a file whose own was not noted. */
  static FileStamp unknown(long sizeBytes, Instant modifiedAt) {
    return new FileStamp(sizeBytes, modifiedAt, NEVER, 0);
  }

  /** A stamp that no file has. */
  FileStamp never(FileStamp listed) {
    return new FileStamp(listed.sizeBytes(), listed.modifiedAt(), NEVER, listed.fileNumber());
  }
}
