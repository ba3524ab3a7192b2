package lockstep.trace;

import java.util.Comparator;

/**
 * A class or one of its members, and where its source stands.
 *
 * @param className binary name
 * @param member name of the method or field; empty for the class itself
 * @param file path relative to the project
 * @param line counted from 1
 */
record CodePlace(String className, String member, String file, int line)
    implements Comparable<CodePlace> {

  private static final Comparator<CodePlace> ORDER =
      Comparator.comparing(CodePlace::className)
          .thenComparing(CodePlace::member)
          .thenComparing(CodePlace::file)
          .thenComparingInt(CodePlace::line);

  /** The binary name of the outermost class. */
  String topLevelName() {
    int nested = className.indexOf('$');
    return nested < 0 ? className : className.substring(0, nested);
  }

  String packageName() {
    int dot = className.lastIndexOf('.');
    return dot < 0 ? "" : className.substring(0, dot);
  }

  /** The class, and the member where there is one, for a message. */
  String display() {
    return member.isEmpty() ? className : className + "." + member;
  }

  @Override
  public int compareTo(CodePlace other) {
    return ORDER.compare(this, other);
  }
}
