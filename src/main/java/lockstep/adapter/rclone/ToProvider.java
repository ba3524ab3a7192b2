package lockstep.adapter.rclone;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Keeps the failure of what it writes to, so that nobody takes it for the content's. */
final class ToProvider extends OutputStream {

  private final OutputStream out;

  /** The failure, when there was one. */
  @Nullable IOException failure;

  ToProvider(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    try {
      out.write(from, offset, length);
    } catch (IOException failed) {
      failure = failed;
      throw failed;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException failed) {
      failure = failed;
      throw failed;
    }
  }
}
