package lockstep.adapter.device;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import lockstep.spec.Implements;

/**
 * Secrets would lie where others read them: another user's path, or a file system without modes.
 */
@Implements("DEV-3~2")
public final class OpenToOthers extends FileSystemException {

  private static final long serialVersionUID = 1L;

  OpenToOthers(Path path) {
    super(path.toString(), null, "is open to others, and stays so");
  }
}
