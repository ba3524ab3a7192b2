package lockstep.backup.restore;

import java.util.Locale;
import lockstep.spec.Implements;

/**
 * Something of a backup that a restore could not bring back, or not as it was.
 *
 * @param path below the target, for a person to read
 * @param kind what is the matter
 * @param reason what the file system said; empty where the backup is at fault
 */
@Implements({"RST-20", "RST-21"})
public record Shortfall(String path, Kind kind, String reason) {

  /** What is the matter. */
  public enum Kind {
    /** An object that it needs is damaged or missing; it is not restored. */
    DAMAGED,
    /** The target refused it; it is not restored, nor what lies below it. */
    NOT_MADE,
    /** It has another mode. */
    MODE,
    /** It has another modification time. */
    TIME;

    /** The kind's name in lower-case letters and dashes. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
