package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import lockstep.spec.Implements;

/** Lists and removes directories of a restore's own; follows no link. */
@Implements({"RST-3~2", "RST-4", "RST-22"})
final class Directories {

  private Directories() {}

  /** Does something with an entry. */
  interface Taker {
    void take(Path entry) throws IOException;
  }

  /** Hands the entries out one by one, however many there are. */
  static void forEach(Path directory, Taker taker) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path entry : stream) {
        taker.take(entry);
      }
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
  }

  static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      return !stream.iterator().hasNext();
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
  }

  /**
   * Removes whatever stands at the path, with all that it holds, whatever its modes and however
   * deep: what lies in it is moved up before it is removed, so that no path gets long.
   */
  static void delete(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(path);
      return;
    }
    FileAttributesSetter.setModeOfDirectory(path, 0700);
    int[] moved = {0};
    boolean more = true;
    while (more) {
      int before = moved[0];
      forEach(path, entry -> empty(entry, path, moved));
      more = moved[0] > before;
    }
    Files.deleteIfExists(path);
  }

  /** Removes a file, or the files of a directory; moves the directories in it to the top. */
  private static void empty(Path entry, Path top, int[] moved) throws IOException {
    if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(entry);
      return;
    }
    FileAttributesSetter.setModeOfDirectory(entry, 0700);
    forEach(
        entry,
        inner -> {
          if (Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)) {
            FileAttributesSetter.setModeOfDirectory(inner, 0700);
            Files.move(inner, unused(top, moved), StandardCopyOption.ATOMIC_MOVE);
          } else {
            Files.deleteIfExists(inner);
          }
        });
    try {
      Files.delete(entry);
    } catch (NoSuchFileException gone) {
      return;
    }
  }

  private static Path unused(Path top, int[] moved) {
    Path name = top.resolve("removed-" + moved[0]++);
    return Files.exists(name, LinkOption.NOFOLLOW_LINKS) ? unused(top, moved) : name;
  }
}
