package lockstep.format;

import java.io.IOException;
import java.io.OutputStream;
import lockstep.spec.Implements;

/** Passes content on, counts it, and stops before an object would hold too much. */
@Implements({"OBJ-7", "PAY-6"})
final class BoundedOutput extends OutputStream {

  private final OutputStream sink;
  private final long maxBytes;
  private long count;

  BoundedOutput(OutputStream sink, long maxBytes) {
    this.sink = sink;
    this.maxBytes = maxBytes;
  }

  @Override
  public void write(int value) throws IOException {
    admit(1);
    sink.write(value);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    admit(length);
    sink.write(from, offset, length);
  }

  long count() {
    return count;
  }

  private void admit(int length) {
    if (length > maxBytes - count) {
      throw new IllegalStateException("content is longer than its object may be");
    }
    count += length;
  }
}
