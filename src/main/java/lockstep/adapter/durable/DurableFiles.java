package lockstep.adapter.durable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * Writes so that what was reported done survives loss of power: content and name are forced to the
 * disk before a method returns. New files have mode 0600 and new directories 0700, where the file
 * system has modes. Every method throws {@link IOException} when the disk does not do it.
 */
@Implements("ATR-3")
public final class DurableFiles {

  /** How the name of an unfinished file begins; whoever finds one after a crash may remove it. */
  public static final String UNFINISHED_PREFIX = ".unfinished-";

  private static final int BUFFER_BYTES = 128 * 1024;

  private final DurableStep observer;
  private final @Nullable Runnable noSync;

  /** Files whose steps nobody observes. */
  public DurableFiles() {
    this(DurableStep.NONE);
  }

  /** Files that tell {@code observer} before each step on which durability depends. */
  public DurableFiles(DurableStep observer) {
    this(observer, null);
  }

  private DurableFiles(DurableStep observer, @Nullable Runnable noSync) {
    this.observer = observer;
    this.noSync = noSync;
  }

  /**
   * The same files, for a place whose file system may have no sync: {@code noSync} is told, and the
   * step counts as done.
   */
  @Implements("RST-21")
  public DurableFiles where(Runnable noSync) {
    return new DurableFiles(observer, noSync);
  }

  /** Whether a sync failed because the file system has none. */
  public static boolean saysThereIsNoSync(IOException failed) {
    String words = String.valueOf(failed.getMessage());
    return words.contains("Invalid argument")
        || words.contains("not supported")
        || words.contains("not implemented");
  }

  /** Who is told before each step, for adapters that take steps of their own. */
  public DurableStep observer() {
    return observer;
  }

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {

    /** Writes all of it to {@code out}, which the caller closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Makes {@code target} a file of exactly this content. At every moment it is the old file (or
   * none) or the whole new one; a failure removes the unfinished file.
   */
  public void replace(Path target, Content content) throws IOException {
    Path unfinished = Files.createTempFile(parentOf(target), UNFINISHED_PREFIX, "");
    try {
      write(unfinished, content, StandardOpenOption.TRUNCATE_EXISTING);
      rename(unfinished, target);
    } catch (IOException | RuntimeException | Error failed) {
      Files.deleteIfExists(unfinished);
      throw failed;
    }
  }

  /** Makes {@code target} a file of exactly these bytes, as {@link #replace(Path, Content)}. */
  public void replace(Path target, byte[] content) throws IOException {
    replace(target, out -> out.write(content));
  }

  /**
   * Makes a file that was not there, without a moment's care for readers: for a directory that
   * nobody looks into yet.
   *
   * @throws FileAlreadyExistsException if it was there
   */
  public void create(Path target, byte[] content) throws IOException {
    Files.createFile(target, attributes(target, "rw-------"));
    write(target, out -> out.write(content), StandardOpenOption.TRUNCATE_EXISTING);
    syncDirectory(parentOf(target));
  }

  /**
   * Makes one directory.
   *
   * @throws FileAlreadyExistsException if something of that name was there
   */
  public void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory, attributes(directory, "rwx------"));
    syncDirectory(parentOf(directory));
  }

  /** Makes a directory and those around it that are missing. */
  public void createDirectories(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      return;
    }
    createDirectories(parentOf(absolute));
    try {
      createDirectory(absolute);
    } catch (FileAlreadyExistsException another) {
      if (!Files.isDirectory(absolute)) {
        throw another;
      }
    }
  }

  /**
   * Gives a file or directory another name in the same file system, in one step; a file of that
   * name is replaced, an empty directory too.
   */
  public void rename(Path from, Path to) throws IOException {
    observer.reached(DurableStep.Kind.RENAME, to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(parentOf(to));
    if (!parentOf(from).equals(parentOf(to))) {
      syncDirectory(parentOf(from));
    }
  }

  /** Removes a file or an empty directory, if it is there. */
  public void remove(Path path) throws IOException {
    observer.reached(DurableStep.Kind.REMOVE, path);
    if (Files.deleteIfExists(path)) {
      syncDirectory(parentOf(path));
    }
  }

  /** Forces a file's content to the disk. */
  public void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      sync(file, channel);
    }
  }

  /** Forces a directory's entries to the disk. */
  public void syncDirectory(Path directory) throws IOException {
    observer.reached(DurableStep.Kind.DIRECTORY_SYNC, directory);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      force(channel);
    }
  }

  private void write(Path file, Content content, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, option)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      content.writeTo(out);
      out.flush();
      sync(file, channel);
    }
  }

  private void sync(Path file, FileChannel channel) throws IOException {
    observer.reached(DurableStep.Kind.FILE_SYNC, file);
    force(channel);
  }

  private void force(FileChannel channel) throws IOException {
    try {
      channel.force(true);
    } catch (IOException failed) {
      if (noSync == null || !saysThereIsNoSync(failed)) {
        throw failed;
      }
      noSync.run();
    }
  }

  private static Path parentOf(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "the root has no name");
  }

  private static FileAttribute<?>[] attributes(Path path, String mode) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
