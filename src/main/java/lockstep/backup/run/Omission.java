package lockstep.backup.run;

import java.util.Locale;
import lockstep.spec.Implements;

/**
 * Something of the source that is not in the backup, or not as it was listed.
 *
 * @param path below the source, for a person to read: UTF-8, with a mark for what is not
 * @param reason why
 * @param kept whether the backup holds it as the previous one did, with all that lay below it
 */
@Implements({"BAK-7~3", "BAK-21"})
public record Omission(String path, Reason reason, boolean kept) {

  /** Something that the backup does not hold, or holds as it was read. */
  public Omission(String path, Reason reason) {
    this(path, reason, false);
  }

  /** Why something is left out. */
  public enum Reason {
    /** It could not be opened, listed or read. */
    UNREADABLE,
    /** It is a socket, a pipe or a device. */
    KIND_NOT_KEPT,
    /** It changed while it was read, or is longer than listed; it is stored as it was read. */
    CHANGED_WHILE_READ,
    /** It became another file, shorter, or was removed while it was read; it is not stored. */
    GONE_WHILE_READ,
    /** Another file system was mounted there, and now none is. */
    NOT_MOUNTED,
    /** It is longer than 4 TiB, or its file system says no length that a file can have. */
    TOO_LARGE,
    /** It was listed as empty, and has content; it is not stored. */
    SIZE_UNKNOWN,
    /** Its path is longer than 4,096 bytes. */
    PATH_TOO_LONG,
    /** It is the work of an interrupted restore. */
    NAME_RESERVED;

    /** The reason's name in lower-case letters and dashes. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
