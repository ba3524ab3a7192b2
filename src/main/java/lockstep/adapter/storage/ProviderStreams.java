package lockstep.adapter.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import lockstep.adapter.durable.Patience;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;

/** Streams whose failures are the provider's, so that nobody takes them for the content's. */
@Implements({"PRV-4~2", "PRV-8~2"})
final class ProviderStreams {

  private static final int BUFFER_BYTES = 256 * 1024;

  /** How often in a row a call may move no byte before that is a failure. */
  private static final int MAX_IDLE_CALLS = 100;

  private ProviderStreams() {}

  /** The same failure as the provider's, with its cause in words. */
  static ProviderUnavailable unavailable(IOException cause) {
    return cause instanceof ProviderUnavailable already
        ? already
        : new ProviderUnavailable(words(cause), cause);
  }

  private static String words(IOException cause) {
    if (cause instanceof Patience.Expired) {
      return "the provider does not answer: " + cause.getMessage();
    }
    if (cause instanceof NoSuchFileException) {
      return "the folder, or something in it, is missing";
    }
    if (cause instanceof NotDirectoryException) {
      return "something that is no folder lies where a folder belongs";
    }
    if (cause instanceof AccessDeniedException) {
      return "the file system denies access";
    }
    String given =
        cause instanceof FileSystemException ofFile && ofFile.getReason() != null
            ? ofFile.getReason()
            : String.valueOf(cause.getMessage());
    String lower = given.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota")) {
      return "the provider is full";
    }
    return lower.contains("symbolic link")
        ? "a link lies where a file or folder belongs, and links are not followed"
        : "the file system says: " + given;
  }

  /** Writes to the channel, and does not close it. */
  static OutputStream toProvider(FileChannel channel) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        try {
          writeAll(channel, ByteBuffer.wrap(from, offset, length));
        } catch (IOException failed) {
          throw unavailable(failed);
        }
      }
    };
  }

  /** A file system may take none of the bytes for now (EAGAIN), which Java tells as 0. */
  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    int idle = 0;
    while (bytes.hasRemaining()) {
      idle = channel.write(bytes) > 0 ? 0 : idle + 1;
      pauseAfter(idle);
    }
  }

  /** Reads the channel from its start; closing closes it. */
  static InputStream fromProvider(FileChannel channel, Patience patience) {
    return new Reading(channel, patience);
  }

  private static void pauseAfter(int idleCalls) throws IOException {
    if (idleCalls > MAX_IDLE_CALLS) {
      throw new IOException("it moves no bytes now, and says to try again later");
    }
    if (idleCalls > 0) {
      try {
        Thread.sleep(idleCalls);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for the provider", interrupted);
      }
    }
  }

  /** A channel, read with patience: it gives up where the provider gives no bytes. */
  private static final class Reading extends InputStream {
    private final FileChannel channel;
    private final Patience patience;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private boolean abandoned;

    Reading(FileChannel channel, Patience patience) {
      this.channel = channel;
      this.patience = patience;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!buffer.hasRemaining() && !filled()) {
        return -1;
      }
      int given = Math.min(length, buffer.remaining());
      buffer.get(to, offset, given);
      return given;
    }

    private boolean filled() throws IOException {
      buffer.clear();
      try {
        int idle = 0;
        int got = 0;
        while (got == 0) {
          pauseAfter(idle++);
          got = patience.await(() -> channel.read(buffer), late -> {});
        }
        buffer.flip();
        return got > 0;
      } catch (IOException failed) {
        buffer.limit(0);
        abandoned = failed instanceof Patience.Expired;
        throw unavailable(failed);
      }
    }

    /** Closing would wait for a call that does not come back. */
    @Override
    public void close() throws IOException {
      if (!abandoned) {
        channel.close();
      }
    }
  }
}
