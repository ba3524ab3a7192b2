package lockstep.backup.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  private static final List<byte[]> BYTES =
      Stream.of(WORK, MOVING).map(name -> name.getBytes(StandardCharsets.US_ASCII)).toList();

  private ReservedName() {}

  /** Whether the path is one of these names, at the top. */
  public static boolean isReserved(BackupPath path) {
    return BYTES.stream().anyMatch(name -> Arrays.equals(path.bytes(), name));
  }
}
