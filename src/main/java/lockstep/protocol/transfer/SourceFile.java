package lockstep.protocol.transfer;

import java.io.IOException;
import lockstep.trace.Implements;

/** An opened file of the source. Several threads may read it at once. */
@Implements("BAK-8~1")
public interface SourceFile extends AutoCloseable {

  /**
   * Reads up to {@code length} bytes from {@code position}.
   *
   * @return how many were read, at least 1; −1 at the end of the file
   */
  int read(long position, byte[] to, int offset, int length) throws IOException;

  /** Whether the name that was listed still means this file, with the stamp that was listed. */
  boolean isUnchanged() throws IOException;

  @Override
  void close() throws IOException;
}
