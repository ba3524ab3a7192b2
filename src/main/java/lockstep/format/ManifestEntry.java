package lockstep.format;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * One directory, file or link of a backup.
 *
 * <p>Of a mode only the lower nine permission bits are kept. A modification time keeps its
 * nanoseconds; one that is 2⁴² seconds or more from 1970 is kept as the nearest that is not.
 */
@Implements({"MAN-1~2", "MAN-7"})
public sealed interface ManifestEntry {

  /** Seconds are stored with this added, and stay below twice as much. */
  long TIME_BIAS_SECONDS = 1L << 42;

  /** Where it lies below the folder that is backed up. */
  BackupPath path();

  /** When it was last modified. */
  Instant modifiedAt();

  /** A directory; what it holds follows it. */
  record DirectoryEntry(BackupPath path, int mode, Instant modifiedAt) implements ManifestEntry {

    /** A directory, with what of its mode and time is kept. */
    public DirectoryEntry {
      mode = keptMode(mode);
      modifiedAt = keptTime(modifiedAt);
    }
  }

  /**
   * A regular file.
   *
   * @param segments where its bytes are, in order; together as long as {@code sizeBytes}
   */
  @Implements("MAN-5")
  record FileEntry(
      BackupPath path, int mode, Instant modifiedAt, long sizeBytes, List<Segment> segments)
      implements ManifestEntry {

    /**
     * A file, with what of its mode and time is kept.
     *
     * @throws IllegalArgumentException when the segments do not add up to the size
     */
    public FileEntry {
      mode = keptMode(mode);
      modifiedAt = keptTime(modifiedAt);
      segments = List.copyOf(segments);
      if (!covers(segments, sizeBytes)) {
        throw new IllegalArgumentException("the segments do not add up to the file");
      }
    }

    static boolean covers(List<Segment> segments, long sizeBytes) {
      if (segments.size() > ManifestHeader.MAX_OBJECTS) {
        return false;
      }
      long sum = 0;
      for (Segment segment : segments) {
        sum += segment.lengthBytes();
      }
      return sum == sizeBytes;
    }
  }

  /** A symbolic link; it has no mode of its own. */
  record LinkEntry(BackupPath path, Instant modifiedAt, LinkTarget target)
      implements ManifestEntry {

    /** A link, with what of its time is kept. */
    public LinkEntry {
      modifiedAt = keptTime(modifiedAt);
    }
  }

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<DirectoryEntry, R> directory,
      Function<FileEntry, R> file,
      Function<LinkEntry, R> link) {
    if (this instanceof DirectoryEntry entry) {
      return directory.apply(entry);
    }
    if (this instanceof FileEntry entry) {
      return file.apply(entry);
    }
    return link.apply((LinkEntry) this);
  }

  private static int keptMode(int mode) {
    return mode & 0777;
  }

  private static Instant keptTime(Instant time) {
    if (time.getEpochSecond() < -TIME_BIAS_SECONDS) {
      return Instant.ofEpochSecond(-TIME_BIAS_SECONDS);
    }
    if (time.getEpochSecond() >= TIME_BIAS_SECONDS) {
      return Instant.ofEpochSecond(TIME_BIAS_SECONDS - 1, 999_999_999);
    }
    return time;
  }
}
