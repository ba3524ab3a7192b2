package lockstep.adapter.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import lockstep.adapter.durable.Patience;
import lockstep.spec.Implements;

/**
 * A folder of the provider that is held open, so that what is done in it is done in this very
 * folder, whatever somebody puts in its place meanwhile. No link in it is followed.
 *
 * <p>Java makes folders and hard links by their whole path only. Neither can touch a file that is
 * there: both fail where anything has the name, and the result is looked for in the open folder.
 */
@Implements("PRV-8~2")
final class ProviderFolder implements AutoCloseable {

  private static final int MAX_ENTRIES = 16_777_216;
  private static final Path SELF = Path.of(".");
  private static final Set<OpenOption> READING =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> CREATING =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final SecureDirectoryStream<Path> stream;
  private final Patience patience;

  /** Whether a call in it never came back; closing would wait for it. */
  private boolean abandoned;

  private ProviderFolder(Path path, SecureDirectoryStream<Path> stream, Patience patience) {
    this.path = path;
    this.stream = stream;
    this.patience = patience;
  }

  /** Opens the user's own folder, which the user may name through links. */
  @SuppressWarnings("StreamResourceLeak") // close() does
  static ProviderFolder top(Path path, Patience patience) throws IOException {
    return of(
        path,
        patience.await(() -> Files.newDirectoryStream(path), DirectoryStream::close),
        patience);
  }

  /** Opens a folder in this one; nothing when nothing has that name. */
  @SuppressWarnings("StreamResourceLeak") // close() does
  Optional<ProviderFolder> child(String name) throws IOException {
    Optional<BasicFileAttributes> looked = attributes(name);
    if (looked.isEmpty()) {
      return Optional.empty();
    }
    if (looked.get().isOther()) {
      throw new NotDirectoryException(name); // a pipe would not even open
    }
    try {
      return Optional.of(
          of(
              path.resolve(name),
              await(
                  () -> stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS),
                  DirectoryStream::close,
                  () -> isStill(name, looked.get())),
              patience));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** Does what may block where something else was put under a name after it was looked at. */
  private <R> R await(Patience.Call<R> call, Patience.Late<R> late, Patience.Hope hope)
      throws IOException {
    try {
      return patience.await(call, late, hope);
    } catch (Patience.Expired expired) {
      abandoned = true;
      throw expired;
    }
  }

  /** Makes a folder in this one, of mode 0700, where nothing has that name. */
  void makeChild(String name) throws IOException {
    try {
      Files.createDirectory(path.resolve(name), folderMode());
    } catch (FileAlreadyExistsException there) {
      // Whether it is a folder shows when it is opened.
    }
  }

  /** The names that are wanted, each once, however often they are listed. */
  Set<String> names(Predicate<String> wanted) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    int listed = 0;
    try {
      for (Path entry : stream) {
        if (++listed > MAX_ENTRIES) {
          throw new IOException("a folder of the provider lists names without end");
        }
        String name = Objects.requireNonNull(entry.getFileName()).toString();
        if (wanted.test(name)) {
          names.add(name);
        }
      }
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return names;
  }

  /** What has that name, a link as itself; nothing when nothing has. */
  Optional<BasicFileAttributes> attributes(String name) throws IOException {
    try {
      return Optional.of(
          stream
              .getFileAttributeView(
                  Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /**
   * Opens a file for reading; nothing when it is gone.
   *
   * @throws IOException when it is no regular file, or another one than was looked at
   */
  Optional<FileChannel> read(String name, BasicFileAttributes looked) throws IOException {
    FileChannel channel;
    try {
      channel =
          fileChannel(
              await(
                  () -> stream.newByteChannel(Path.of(name), READING),
                  SeekableByteChannel::close,
                  () -> isStill(name, looked)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    try {
      channel.position(); // a pipe, a socket and a terminal have none
      if (!isStill(name, looked)) {
        throw new IOException("a file of the provider was replaced while it was opened");
      }
      return Optional.of(channel);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  /** Whether the name is that of what was looked at, and of the same kind. */
  private boolean isStill(String name, BasicFileAttributes looked) throws IOException {
    Optional<BasicFileAttributes> now = attributes(name);
    return now.isPresent()
        && now.get().isRegularFile() == looked.isRegularFile()
        && !now.get().isOther()
        && Objects.equals(now.get().fileKey(), looked.fileKey());
  }

  /**
   * Makes a file, of mode 0600, to write to and read from through this channel.
   *
   * @throws FileAlreadyExistsException when anything has that name
   */
  FileChannel create(String name) throws IOException {
    return fileChannel(stream.newByteChannel(Path.of(name), CREATING, fileMode()));
  }

  /**
   * Gives a file a further name.
   *
   * @throws FileAlreadyExistsException when anything has that name
   * @throws UnsupportedOperationException where the file system has no such links
   */
  void link(String from, String to) throws IOException {
    Files.createLink(path.resolve(to), path.resolve(from));
  }

  /** Removes a name, if it is there and no folder's; a folder stays. */
  void remove(String name) throws IOException {
    Optional<BasicFileAttributes> there = attributes(name);
    if (there.isPresent() && !there.get().isDirectory()) {
      try {
        stream.deleteFile(Path.of(name));
      } catch (NoSuchFileException gone) {
        // Somebody else removed it.
      }
    }
  }

  /** Removes a folder in this one, if it is there and empty. */
  void removeEmptyChild(String name) throws IOException {
    try {
      stream.deleteDirectory(Path.of(name));
    } catch (NoSuchFileException | java.nio.file.DirectoryNotEmptyException foreignThings) {
      // What is not ours stays, and its folder with it.
    }
  }

  /** A channel to the folder itself, to force its names to the disk with. */
  FileChannel self() throws IOException {
    return fileChannel(stream.newByteChannel(SELF, Set.of(StandardOpenOption.READ)));
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (!abandoned) {
      stream.close();
    }
  }

  private FileAttribute<?>[] fileMode() {
    return mode("rw-------");
  }

  private FileAttribute<?>[] folderMode() {
    return mode("rwx------");
  }

  private FileAttribute<?>[] mode(String mode) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static ProviderFolder of(Path path, DirectoryStream<Path> opened, Patience patience)
      throws IOException {
    if (opened instanceof SecureDirectoryStream<Path> secure) {
      return new ProviderFolder(path, secure, patience);
    }
    opened.close();
    throw new IOException("the file system cannot hold a folder open");
  }

  private static FileChannel fileChannel(SeekableByteChannel channel) throws IOException {
    if (channel instanceof FileChannel file) {
      return file;
    }
    channel.close();
    throw new IOException("the file system has no channels that can be forced to the disk");
  }
}
