package lockstep.cli;

/** One command: picocli fills its fields, {@link Main} runs it and prints its answer. */
interface Command {

  /** The options that every command has. */
  CommonOptions common();

  /** Does the work. What the user may expect to go wrong is an answer, never an exception. */
  Answer run(Surroundings surroundings);
}
