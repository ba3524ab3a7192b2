package lockstep.backup.run;

import java.io.IOException;
import lockstep.spec.NonNormative;

/** An opened file of the source. Several threads may read it at once. */
@NonNormative("a port; its adapter carries the clauses out")
public interface SourceFile extends AutoCloseable {

  /**
   * Reads up to {@code length} bytes from {@code position}.
   *
   * @return how many were read, at least 1; −1 at the end of the file
   */
  int read(long position, byte[] to, int offset, int length) throws IOException;

  /** What the name that was listed means now (BAK-8). */
  Sameness sameness() throws IOException;

  /** How a file compares with what was listed. */
  enum Sameness {
    /** It is the file that was listed, with the stamp that was listed. */
    SAME,
    /** It is the file that was listed, and it has changed. */
    CHANGED,
    /** It is another file, or none. */
    ANOTHER;

    /** The same of a file that may have turned out longer than its file system says. */
    Sameness orLonger(boolean isLonger) {
      return this == SAME && isLonger ? CHANGED : this;
    }
  }

  @Override
  void close() throws IOException;
}
