package lockstep.backup.run;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import lockstep.backup.notes.FileStamp;
import lockstep.format.BackupPath;
import lockstep.format.LinkTarget;
import lockstep.spec.Implements;

/** One thing that a walk of the source comes upon. */
@Implements({"MAN-7", "MAN-8"})
public sealed interface SourceEntry {

  /**
   * A directory; what it holds follows it.
   *
   * @param mountPoint whether it is of another file system than the directory that it lies in
   */
  record Directory(BackupPath path, int mode, Instant modifiedAt, boolean mountPoint)
      implements SourceEntry {}

  /**
   * A regular file.
   *
   * @param opening opens it, until the walk's next step
   */
  record RegularFile(BackupPath path, int mode, FileStamp stamp, Opening opening)
      implements SourceEntry {}

  /** A symbolic link, which is never followed. */
  record Link(BackupPath path, Instant modifiedAt, LinkTarget target) implements SourceEntry {}

  /**
   * Something that cannot be backed up.
   *
   * @param unread its path, where its state in the previous backup is to be kept
   */
  record LeftOut(Omission omission, Optional<BackupPath> unread) implements SourceEntry {}

  /** Opens a file, if it is still the one that was listed (BAK-8). */
  @FunctionalInterface
  interface Opening {

    /** The file's content, which the caller closes; it may be read after the walk has moved on. */
    SourceFile open() throws IOException;
  }
}
