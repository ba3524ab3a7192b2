package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;

/** Lists and removes directories of a restore's own; follows no link. */
@Implements({"RST-3~1", "RST-4~1"})
final class Directories {

  private Directories() {}

  static List<Path> entries(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(found::add);
    } catch (DirectoryIteratorException failed) {
      throw new IOException("a directory cannot be listed", failed);
    }
    return found;
  }

  /** Removes whatever stands at the path, with all that it holds, whatever its modes. */
  static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      FileAttributesSetter.setModeOfDirectory(path, 0700);
      for (Path entry : entries(path)) {
        delete(entry);
      }
    }
    Files.deleteIfExists(path);
  }
}
