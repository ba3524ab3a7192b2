package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import lockstep.backup.restore.TargetFull;
import lockstep.spec.NonNormative;

/** Tells a full disk from other failures, which Java does in words only. */
@NonNormative("finds the cause of exit code 41")
final class FullDisk {

  /** Below this much room a failed write is put down to the lack of it. */
  private static final long SCARCE_BYTES = 1024 * 1024;

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
          : failure;
    } catch (IOException unknown) {
      return failure;
    }
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
