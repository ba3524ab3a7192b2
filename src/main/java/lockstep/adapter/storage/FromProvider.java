package lockstep.adapter.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;

/**
 * An object as it is read. Where its connection dies, it is opened again where it stopped: its
 * reader checks all of it, so nothing can be joined that does not belong together.
 */
@Implements({"PRV-4~2", "PRV-13"})
public final class FromProvider extends InputStream {

  private static final int MAX_TIMES_OPENED_AGAIN = 5;

  /** Opens the object anew. */
  @FunctionalInterface
  public interface Again {

    /** What the object holds from that byte on; the caller closes it. */
    InputStream from(long offset) throws ProviderUnavailable;
  }

  private final Again again;
  private final long lengthBytes;
  private InputStream in;
  private long position;
  private int openedAgain;

  /**
   * An object that is open.
   *
   * @param lengthBytes what is to come; the stream may end before
   */
  public FromProvider(InputStream in, long lengthBytes, Again again) {
    this.in = in;
    this.lengthBytes = lengthBytes;
    this.again = again;
  }

  /** The same failure as the provider's. */
  public static ProviderUnavailable unavailable(IOException failed) {
    return failed instanceof ProviderUnavailable already
        ? already
        : new ProviderUnavailable("the connection to the provider broke", failed);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    while (true) {
      try {
        int got = in.read(to, offset, length);
        // The runtime ends the stream of a connection that broke as it ends a whole one.
        if (got < 0 && position < lengthBytes) {
          throw new EOFException("a part of the object is missing");
        }
        position += Math.max(got, 0);
        return got;
      } catch (IOException broken) {
        if (++openedAgain > MAX_TIMES_OPENED_AGAIN) {
          throw unavailable(broken);
        }
        in.close();
        in = again.from(position);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
    } catch (IOException failed) {
      throw unavailable(failed);
    }
  }
}
