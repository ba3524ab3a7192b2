package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import lockstep.backup.restore.TargetFull;
import lockstep.spec.NonNormative;

/** Tells a full disk from other failures, which Java does in words only. */
@NonNormative("finds the cause of exit code 41")
final class FullDisk {

  /** Below this much room a failed write is put down to the lack of it. */
  private static final long SCARCE_BYTES = 1024 * 1024;

  /** What Java says by a class of its own, and not in words. */
  private static final Map<Class<?>, String> WORDS =
      Map.of(
          FileAlreadyExistsException.class, "something of that name stands there",
          AccessDeniedException.class, "Permission denied",
          NoSuchFileException.class, "No such file or directory",
          NotDirectoryException.class, "Not a directory",
          DirectoryNotEmptyException.class, "Directory not empty");

  private FullDisk() {}

  /** The failure, as {@link TargetFull} when the disk that {@code place} is on has no room. */
  static IOException explain(IOException failure, Path place) {
    if (failure instanceof TargetFull) {
      return failure;
    }
    String words = String.valueOf(failure.getMessage());
    if (failure instanceof FileSystemException named) {
      words = String.valueOf(named.getReason());
    }
    if (words.contains("No space left") || words.contains("quota")) {
      return new TargetFull(failure);
    }
    try {
      return Files.getFileStore(nearest(place)).getUsableSpace() < SCARCE_BYTES
          ? new TargetFull(failure)
          : plain(failure);
    } catch (IOException unknown) {
      return plain(failure);
    }
  }

  /** The failure in the file system's words, without the path. */
  static IOException plain(IOException failure) {
    if (failure instanceof FileSystemException named) {
      String reason = named.getReason();
      return new IOException(
          reason == null ? WORDS.getOrDefault(named.getClass(), "refused") : reason, failure);
    }
    return failure;
  }

  private static Path nearest(Path place) throws NoSuchFileException {
    for (Path path = place; path != null; path = path.getParent()) {
      if (Files.exists(path)) {
        return path;
      }
    }
    throw new NoSuchFileException(place.toString());
  }
}
