package lockstep.backup.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import lockstep.format.BackupPath;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** The names at the top of a folder that a restore uses while it works. */
@Decides("MAN-9")
@Implements("RST-3~2")
public final class ReservedName {

  /** The directory in which a restore builds its tree. */
  public static final String WORK = ".lockstep-restore";

  /** The file that stands while the tree is moved to its final names. */
  public static final String MOVING = ".lockstep-moving";

  private static final List<BackupPath> ALL =
      Stream.of(WORK, MOVING)
          .map(name -> BackupPath.parse(name.getBytes(StandardCharsets.US_ASCII)).orElseThrow())
          .toList();

  private ReservedName() {}

  /** These names, as a backup has names at its top. */
  @Implements("RST-23")
  public static List<BackupPath> all() {
    return ALL;
  }

  /** Whether the path is one of these names, at the top. */
  public static boolean isReserved(BackupPath path) {
    return ALL.contains(path);
  }
}
