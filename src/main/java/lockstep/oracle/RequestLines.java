package lockstep.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import lockstep.spec.Decides;

/** Splits a stream into lines without ever holding more than one, or more than its limit. */
@Decides("ORC-4")
final class RequestLines {

  /** The longest line that is served, in bytes, its line feed not counted. */
  static final int LIMIT_BYTES = 16 << 20;

  private static final int CHUNK_BYTES = 64 << 10;
  private static final int KEPT_BYTES = 1 << 20;

  private final InputStream source;
  private final Waiting waiting;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int position;
  private int end;
  private byte[] line = new byte[CHUNK_BYTES];
  private int length;
  private boolean tooLong;

  /** Is told before a read that may have to wait for the other side. */
  @FunctionalInterface
  interface Waiting {
    void begins() throws IOException;
  }

  RequestLines(InputStream source, Waiting waiting) {
    this.source = source;
    this.waiting = waiting;
  }

  /** Goes to the next line; false at the end. A last line needs no line feed. */
  boolean next() throws IOException {
    length = 0;
    tooLong = false;
    if (line.length > KEPT_BYTES) {
      line = new byte[CHUNK_BYTES];
    }
    boolean any = false;
    while (fill()) {
      any = true;
      int stop = position;
      while (stop < end && chunk[stop] != '\n') {
        stop++;
      }
      append(position, stop - position);
      position = Math.min(stop + 1, end);
      if (stop < end) {
        return true;
      }
    }
    return any;
  }

  /** Whether the line was longer than is served; what it held is gone then. */
  boolean isTooLong() {
    return tooLong;
  }

  /** The line's bytes are the first {@link #length} of these, until the next line. */
  byte[] buffer() {
    return line;
  }

  int length() {
    return length;
  }

  private boolean fill() throws IOException {
    if (position < end) {
      return true;
    }
    if (source.available() == 0) {
      waiting.begins();
    }
    end = source.read(chunk, 0, chunk.length);
    position = 0;
    return end > 0;
  }

  private void append(int from, int count) {
    if (tooLong || length + count > LIMIT_BYTES) {
      tooLong = true;
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, Math.min(2 * line.length, LIMIT_BYTES)));
    }
    System.arraycopy(chunk, from, line, length, count);
    length += count;
  }
}
