package lockstep.adapter.s3;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** An object's bytes, whose failures are those of a stream. */
final class S3Stream extends InputStream {

  private final ResponseInputStream<?> in;
  private boolean ended;

  S3Stream(ResponseInputStream<?> in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    try {
      int got = in.read(to, offset, length);
      ended |= got < 0;
      return got;
    } catch (SdkException failed) {
      throw new IOException("the connection broke", failed);
    }
  }

  // What is left of an object would be read to its end for the sake of the connection.
  @Override
  public void close() throws IOException {
    if (ended) {
      in.close();
    } else {
      in.abort();
    }
  }
}
