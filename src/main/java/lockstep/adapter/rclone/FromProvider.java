package lockstep.adapter.rclone;

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
final class FromProvider extends InputStream {

  private static final int MAX_TIMES_OPENED_AGAIN = 5;

  private final RcloneFolder folder;
  private final String name;
  private final long lengthBytes;
  private InputStream in;
  private long position;
  private int openedAgain;

  FromProvider(RcloneFolder folder, String name, RcloneCalls.Opened opened) {
    this.folder = folder;
    this.name = name;
    this.lengthBytes = opened.lengthBytes();
    this.in = opened.in();
  }

  static ProviderUnavailable unavailable(IOException failed) {
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
        in = folder.open(name, position).orUnavailable().in();
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
