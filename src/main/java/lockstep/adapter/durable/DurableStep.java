package lockstep.adapter.durable;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Is told of each step on which durability depends, just before it is taken. A property that
 * simulates a crash throws from here; a product uses {@link #NONE}.
 */
@FunctionalInterface
public interface DurableStep {

  /** Observes nothing. */
  DurableStep NONE = (kind, path) -> {};

  /**
   * Called before the step.
   *
   * @param path the file or directory that is synced or removed, or the new name of a renamed file
   */
  void reached(Kind kind, Path path) throws IOException;

  /** What is about to happen. */
  enum Kind {
    FILE_SYNC,
    RENAME,
    REMOVE,
    DIRECTORY_SYNC,
    COMMIT
  }
}
