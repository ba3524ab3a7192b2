package lockstep.cli;

import java.io.IOException;

/** One command: picocli fills its fields, {@link Main} runs it and prints its answer. */
interface Command {

  /** The options that every command has. */
  CommonOptions common();

  /**
   * Does the work. What the user may expect to go wrong is an answer.
   *
   * @throws IOException when the device's own home cannot be read or written
   */
  Answer run(Surroundings surroundings) throws IOException;
}
