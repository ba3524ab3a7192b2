package lockstep.trace;

import java.util.Comparator;

/**
 * One clause named by one annotation, read from a compiled class.
 *
 * @param text as written, such as {@code LIM-3~1}; not yet checked
 * @param byConstruction why no witness is needed; empty where one is
 */
record Citation(CitationKind kind, String text, CodePlace place, String byConstruction)
    implements Comparable<Citation> {

  private static final Comparator<Citation> ORDER =
      Comparator.comparing(Citation::place)
          .thenComparing(Citation::kind)
          .thenComparing(Citation::text);

  @Override
  public int compareTo(Citation other) {
    return ORDER.compare(this, other);
  }
}
