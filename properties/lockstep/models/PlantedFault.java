package lockstep.models;

/**
 * One small change of the Java that breaks one clause and still compiles.
 *
 * @param clause the clause that it breaks, in whatever revision, such as {@code LIM-3}
 * @param kind of mistake, from the checklist in CONTRIBUTING
 * @param title what is wrong, in a few words
 * @param harms what would go wrong for whom
 * @param type simple name of the class, which no two classes of the product share
 * @param from text that stands in its source exactly once, whatever its white space
 * @param to what stands there instead
 * @param open why no citing test sees it yet; empty where one has to
 * @param file where it is written, relative to the project
 * @param line counted from 1
 */
public record PlantedFault(
    String clause,
    String kind,
    String title,
    String harms,
    String type,
    String from,
    String to,
    String open,
    String file,
    int line) {

  /** Clause and title, which no two faults share. */
  public String name() {
    return clause + " " + title;
  }

  /** {@code file:line}, as editors understand it. */
  public String place() {
    return file + ":" + line;
  }
}
