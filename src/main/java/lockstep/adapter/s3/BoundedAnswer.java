package lockstep.adapter.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import lockstep.spec.Decides;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** No answer but an object's is read without end: a server may be hostile. */
@Decides("PRV-17")
final class BoundedAnswer implements ExecutionInterceptor {

  /** A page of a listing has a thousand names of at most 1,024 bytes, each perhaps escaped. */
  private static final long MAX_BYTES = 8L * 1024 * 1024;

  /** The answer was longer. */
  static final class TooLong extends IOException {

    private static final long serialVersionUID = 1L;

    TooLong() {
      super("an answer without end");
    }
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    boolean object =
        context.request() instanceof GetObjectRequest && context.httpResponse().isSuccessful();
    return object ? context.responseBody() : context.responseBody().map(Bounded::new);
  }

  private static final class Bounded extends FilterInputStream {

    private long left = MAX_BYTES;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int got = super.read(to, offset, length);
      return counted(got, got);
    }

    private int counted(int result, int bytes) throws IOException {
      left -= result < 0 ? 0 : bytes;
      if (left < 0) {
        throw new TooLong();
      }
      return result;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
