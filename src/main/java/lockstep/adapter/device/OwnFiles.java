package lockstep.adapter.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import lockstep.adapter.durable.DurableFiles;
import lockstep.spec.Implements;

/** Closes what holds secrets to everybody but its owner, who has to be this user. */
@Implements("DEV-3~2")
final class OwnFiles {

  static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Path THIS_PROCESS = Path.of("/proc/self");

  private OwnFiles() {}

  /**
   * Sets the mode to 0700, or 0600 for a file, and looks whether that held.
   *
   * @throws OpenToOthers when it did not, or when the path is another user's
   */
  static void close(Path path) throws IOException {
    Set<PosixFilePermission> mode = Files.isDirectory(path) ? DIRECTORY : FILE;
    try {
      if (!belongsToThisUser(path)) {
        throw new OpenToOthers(path);
      }
      if (!Files.getPosixFilePermissions(path).equals(mode)) {
        Files.setPosixFilePermissions(path, mode);
        if (!Files.getPosixFilePermissions(path).equals(mode)) {
          throw new OpenToOthers(path);
        }
      }
    } catch (UnsupportedOperationException | java.nio.file.FileSystemException refused) {
      if (!Files.exists(path)) {
        throw new java.nio.file.NoSuchFileException(path.toString());
      }
      throw refused instanceof OpenToOthers known ? known : new OpenToOthers(path);
    }
  }

  /** Whether a device's directory may have an entry of that name. */
  static boolean isDevices(String name) {
    return name.endsWith(".sealed")
        || name.equals("keystore")
        || name.equals("lock")
        || name.equals("notes")
        || name.startsWith(DurableFiles.UNFINISHED_PREFIX);
  }

  private static boolean belongsToThisUser(Path path) throws IOException {
    if (!Files.exists(THIS_PROCESS)) {
      return true;
    }
    Object user = Files.getAttribute(THIS_PROCESS, "unix:uid");
    return user.equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
  }
}
