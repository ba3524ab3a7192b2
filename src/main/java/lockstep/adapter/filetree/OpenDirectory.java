package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import lockstep.adapter.durable.Patience;
import lockstep.spec.Implements;

/**
 * A directory that is held open, so that what is opened in it is opened in this very directory,
 * even when somebody puts a link in its place. The last user closes it.
 *
 * <p>What is opened may have become a pipe since it was listed, which blocks: it is waited for with
 * patience. Where the file system cannot hold a directory open, names are opened by their whole
 * path.
 */
@Implements("BAK-8~2")
final class OpenDirectory {

  private static final Set<OpenOption> READING =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final DirectoryStream<Path> stream;
  private final Object identity;
  private final Patience patience;
  private final AtomicInteger users = new AtomicInteger(1);

  /** Whether a call in it never came back; closing would wait for it. */
  private volatile boolean abandoned;

  private OpenDirectory(Path path, DirectoryStream<Path> stream, Patience patience)
      throws IOException {
    this.path = path;
    this.stream = stream;
    this.patience = patience;
    try {
      this.identity = identityOf(path, stream);
    } catch (IOException | RuntimeException failed) {
      stream.close();
      throw failed;
    }
  }

  /** Opens the top of a walk, which may be named through links. */
  @SuppressWarnings("StreamResourceLeak") // the last user closes it
  static OpenDirectory top(Path path, Patience patience) throws IOException {
    DirectoryStream<Path> opened =
        patience.await(() -> Files.newDirectoryStream(path), DirectoryStream::close);
    return new OpenDirectory(path, opened, patience);
  }

  /** Opens a directory in this one, if it is still the one that was listed. */
  @SuppressWarnings("StreamResourceLeak") // the last user closes it
  OpenDirectory child(Path name, ListedAttributes listed) throws IOException {
    DirectoryStream<Path> opened =
        await(
            () ->
                stream instanceof SecureDirectoryStream<Path> secure
                    ? secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)
                    : Files.newDirectoryStream(path.resolve(name)),
            DirectoryStream::close,
            () -> isStill(name, listed.identity()));
    OpenDirectory child = new OpenDirectory(path.resolve(name), opened, patience);
    if (!listed.identity().equals(child.identity)) {
      child.release();
      throw new NotDirectoryException("another directory than was listed");
    }
    return child;
  }

  /** Opens this very directory once more, after it was closed. */
  @Implements("BAK-50")
  OpenDirectory again() throws IOException {
    OpenDirectory again = top(path, patience);
    if (!again.identity.equals(identity)) {
      again.release();
      throw new NotDirectoryException("another directory than was walked");
    }
    return again;
  }

  private <R> R await(Patience.Call<R> call, Patience.Late<R> late, Patience.Hope hope)
      throws IOException {
    try {
      return patience.await(call, late, hope);
    } catch (Patience.Expired expired) {
      abandoned = true;
      throw expired;
    }
  }

  Path path() {
    return path;
  }

  /** The names in the directory as bytes, sorted byte by byte; to be asked for once. */
  @Implements("MAN-3")
  List<byte[]> names() throws IOException {
    List<byte[]> names = new ArrayList<>();
    try {
      for (Path entry : stream) {
        names.add(RawNames.bytes(Objects.requireNonNull(entry.getFileName())));
      }
    } catch (DirectoryIteratorException failed) {
      throw new IOException("a directory cannot be listed", failed);
    }
    names.sort(Arrays::compareUnsigned);
    // Some file systems list a name twice while the directory changes.
    List<byte[]> once = new ArrayList<>(names.size());
    for (byte[] name : names) {
      if (once.isEmpty() || !Arrays.equals(once.get(once.size() - 1), name)) {
        once.add(name);
      }
    }
    return once;
  }

  /**
   * Opens a file in this directory for reading; never through a link.
   *
   * @param identity what it was listed as
   */
  FileChannel open(Path name, Object identity) throws IOException {
    SeekableByteChannel channel =
        await(
            () ->
                stream instanceof SecureDirectoryStream<Path> secure
                    ? secure.newByteChannel(name, READING)
                    : Files.newByteChannel(path.resolve(name), READING),
            SeekableByteChannel::close,
            () -> isStill(name, identity));
    if (channel instanceof FileChannel file) {
      return file;
    }
    channel.close();
    throw new IOException("the file system has no channels that several threads can read");
  }

  /** Whether the name is still that of what was listed, and of no pipe that got its number. */
  private boolean isStill(Path name, Object listed) throws IOException {
    ListedAttributes now = ListedAttributes.of(path.resolve(name));
    return now.identity().equals(listed) && (now.isRegularFile() || now.isDirectory());
  }

  /** What identifies the file of that name in this directory. */
  Object identityOf(Path name) throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return Objects.requireNonNull(
          secure
              .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes()
              .fileKey());
    }
    return ListedAttributes.of(path.resolve(name)).identity();
  }

  void retain() {
    users.incrementAndGet();
  }

  void release() throws IOException {
    if (users.decrementAndGet() == 0 && !abandoned) {
      stream.close();
    }
  }

  private static Object identityOf(Path path, DirectoryStream<Path> stream) throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return Objects.requireNonNull(
          secure.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey());
    }
    return ListedAttributes.of(path).identity();
  }
}
