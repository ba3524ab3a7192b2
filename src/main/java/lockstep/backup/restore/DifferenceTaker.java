package lockstep.backup.restore;

import java.io.IOException;
import java.util.List;
import lockstep.format.BackupPath;
import lockstep.spec.NonNormative;

/** Takes what differs between two backups, in the order of paths. */
@NonNormative("takes what BackupDifference finds")
public interface DifferenceTaker {

  /** In what an entry differs. */
  enum Aspect {
    /** A file is a folder now, or the like; nothing else is compared then. */
    KIND,
    /** The file's size. */
    SIZE,
    /** The file's bytes lie elsewhere, of the same size; whether they are others is not known. */
    STORED_ANEW,
    /** What the link points to. */
    TARGET,
    /** The time of the last change. */
    TIME,
    /** Who may do what. */
    MODE
  }

  /** A path that only the later backup holds. */
  void added(BackupPath path) throws IOException;

  /** A path that only the earlier backup holds. */
  void removed(BackupPath path) throws IOException;

  /** A path that both hold, unlike. */
  void changed(BackupPath path, List<Aspect> aspects) throws IOException;
}
