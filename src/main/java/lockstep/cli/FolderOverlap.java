package lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lockstep.spec.Decides;

/** Finds out whether a folder of the user's and one of Lockstep's own lie in each other. */
@Decides("BAK-11")
final class FolderOverlap {

  private FolderOverlap() {}

  /** The refusal, or empty where {@code folder} is apart from all of {@code own}. */
  static Optional<Answer> refusal(String what, Path folder, Map<String, Path> own) {
    Path real = real(folder);
    for (Map.Entry<String, Path> entry : own.entrySet()) {
      Path other = real(entry.getValue());
      if (real.startsWith(other) || other.startsWith(real)) {
        boolean within = real.startsWith(other);
        return Optional.of(
            Answer.refused(
                    "The "
                        + what
                        + (within ? " lies in " : " contains ")
                        + entry.getKey()
                        + ", "
                        + entry.getValue()
                        + ".",
                    "Nothing was written. Choose a folder that is apart from it.")
                .with("reason", within ? "liesInOwnFolder" : "containsOwnFolder")
                .with("folder", entry.getValue().toString()));
      }
    }
    return Optional.empty();
  }

  // Links are resolved as far as the path exists; what does not exist yet keeps its name.
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath(); // a link before .. leads elsewhere than the text says
    for (Path known = absolute; known != null; known = known.getParent()) {
      if (Files.exists(known)) {
        try {
          return known.toRealPath().resolve(known.relativize(absolute)).normalize();
        } catch (IOException unreadable) {
          return absolute;
        }
      }
    }
    return absolute;
  }
}
