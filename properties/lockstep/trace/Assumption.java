package lockstep.trace;

/**
 * Something that the spec takes for granted: a row of the table in {@code spec/assumptions.md}.
 *
 * @param id such as {@code ASM-4}
 * @param text in Markdown
 * @param file path relative to the project
 * @param line counted from 1
 */
record Assumption(String id, String text, String file, int line) {

  /** The series that marks an assumption. */
  static final String SERIES = "ASM";

  /** The one file whose table holds assumptions. */
  static final String FILE = "spec/assumptions.md";
}
