package lockstep.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import lockstep.spec.Decides;

/** Messages on a stream: {@code u32 length ‖ message} each (DOR-1). */
@Decides("DOR-1")
public final class MessageFrame {

  private MessageFrame() {}

  /**
   * Writes a message, or none where it is empty, and flushes.
   *
   * @throws IllegalArgumentException (a programmer error) beyond 16,384 bytes
   */
  public static void write(OutputStream stream, byte[] message) throws IOException {
    if (message.length > Request.MAX_BYTES) {
      throw new IllegalArgumentException("a message of " + message.length + " bytes");
    }
    stream.write(new WireWriter().bytes32(message).toByteArray());
    stream.flush();
  }

  /**
   * The next message; empty where the stream ends instead of another one.
   *
   * @throws EOFException if the stream ends within a frame
   * @throws TooLong if the frame's length is beyond 16,384; nothing after the length is read
   */
  public static Optional<byte[]> read(InputStream stream) throws IOException {
    byte[] length = new byte[Integer.BYTES];
    int read = stream.readNBytes(length, 0, length.length);
    if (read == 0) {
      return Optional.empty();
    }
    requireWhole(read, length);
    int announced = WireReader.decode(length, WireReader::u32).orElse(Integer.MAX_VALUE);
    if (announced > Request.MAX_BYTES) {
      throw new TooLong();
    }
    byte[] message = new byte[announced];
    requireWhole(stream.readNBytes(message, 0, announced), message);
    return Optional.of(message);
  }

  private static void requireWhole(int read, byte[] wanted) throws EOFException {
    if (read < wanted.length) {
      throw new EOFException("the stream ended within a frame");
    }
  }

  /** A frame that says it is longer than any message. */
  public static final class TooLong extends IOException {

    private static final long serialVersionUID = 1;

    TooLong() {
      super("a frame is longer than any message");
    }
  }
}
