package lockstep.trace;

import java.util.Comparator;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One clause named by one annotation, read from a compiled class.
 *
 * @param text such as {@code LIM-3~1}, the revision added where none was written; not yet checked
 * @param decides whether the code decides the clause rather than relies on it
 * @param kinds what a test that it stands on is; empty for code
 * @param byConstruction why no witness is needed; empty where one is
 */
record Citation(
    CitationKind kind,
    String text,
    CodePlace place,
    boolean decides,
    Set<EvidenceKind> kinds,
    String byConstruction)
    implements Comparable<Citation> {

  private static final Pattern SHORT = Pattern.compile("[A-Z]{2,6}-[1-9][0-9]{0,4}");

  private static final Comparator<Citation> ORDER =
      Comparator.comparing(Citation::place)
          .thenComparing(Citation::kind)
          .thenComparing(Citation::text);

  /** How a clause of the first revision is named for short: without it. */
  static String normalised(String text) {
    return SHORT.matcher(text).matches() ? text + "~1" : text;
  }

  @Override
  public int compareTo(Citation other) {
    return ORDER.compare(this, other);
  }
}
