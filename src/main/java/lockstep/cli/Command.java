package lockstep.cli;

import java.io.IOException;
import java.util.Optional;

/** One command: picocli fills its fields, {@link Main} runs it and prints its answer. */
interface Command {

  /** The options that every command has. */
  SharedOptions shared();

  /** Whether it is about the device in its home, and so may have something to tell of it. */
  default boolean isOfDevice() {
    return true;
  }

  /** What is worth doing beside the work's beginning, so that the rest is faster. */
  default Optional<Runnable> warmUp() {
    return Optional.empty();
  }

  /**
   * Does the work. What the user may expect to go wrong is an answer.
   *
   * @throws IOException when the device's own home cannot be read or written
   */
  Answer run(Surroundings surroundings) throws IOException;
}
