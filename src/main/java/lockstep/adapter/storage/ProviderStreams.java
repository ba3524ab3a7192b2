package lockstep.adapter.storage;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;

/** Streams whose failures are the provider's, so that nobody takes them for the content's. */
@Implements("PRV-4~1")
final class ProviderStreams {

  private ProviderStreams() {}

  static ProviderUnavailable unavailable(IOException cause) {
    if (cause instanceof ProviderUnavailable already) {
      return already;
    }
    String words = String.valueOf(cause.getMessage());
    boolean full = words.contains("No space left") || words.contains("quota");
    return new ProviderUnavailable(
        full ? "the provider is full" : "the provider cannot be read or written", cause);
  }

  static OutputStream toProvider(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int value) throws IOException {
        try {
          out.write(value);
        } catch (IOException failed) {
          throw unavailable(failed);
        }
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        try {
          out.write(from, offset, length);
        } catch (IOException failed) {
          throw unavailable(failed);
        }
      }
    };
  }

  static InputStream fromProvider(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        try {
          return in.read();
        } catch (IOException failed) {
          throw unavailable(failed);
        }
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        try {
          return in.read(to, offset, length);
        } catch (IOException failed) {
          throw unavailable(failed);
        }
      }
    };
  }
}
