package lockstep.trace;

/**
 * Something that the spec takes for granted, under an id of the series {@code ASM}.
 *
 * @param text in Markdown
 * @param file path relative to the project
 * @param line of the heading, counted from 1
 */
record Assumption(String id, String title, String text, String file, int line) {

  /** The series that marks an assumption. */
  static final String SERIES = "ASM";
}
