package lockstep.protocol.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lockstep.backup.BackupPath;
import lockstep.trace.Implements;

/** The name at the top of a folder under which a restore builds its tree. */
@Implements({"MAN-9~1", "RST-3~1"})
public final class ReservedName {

  /** The name. */
  public static final String TEXT = ".lockstep-restore";

  private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.US_ASCII);

  private ReservedName() {}

  /** Whether the path is that name, at the top. */
  public static boolean isReserved(BackupPath path) {
    return Arrays.equals(path.bytes(), BYTES);
  }
}
