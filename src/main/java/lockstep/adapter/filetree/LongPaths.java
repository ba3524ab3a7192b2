package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import lockstep.spec.Implements;

/**
 * Works on names whose whole path is longer than the system takes, from a directory that is held
 * open on the way there. Java makes no directory and no link so: they are made under a short name
 * and moved.
 */
@Implements("RST-22")
final class LongPaths {

  /** Linux takes 4,095 bytes. What is not longer than this goes by its path. */
  private static final int SHORT_BYTES = 4000;

  /** How far one step reaches from an open directory. */
  private static final int STEP_BYTES = 900;

  private LongPaths() {}

  /** What is done in an open directory, to a name in it. */
  interface Work<R> {
    R in(SecureDirectoryStream<Path> directory, Path name) throws IOException;
  }

  static boolean isLong(Path path) {
    return RawNames.bytes(path).length > SHORT_BYTES;
  }

  /** Opens the directory that {@code relative} lies in, below {@code top}, and works in it. */
  static <R> R at(Path top, Path relative, Work<R> work) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(top)) {
      if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
        throw new FileSystemException(relative.toString(), null, "File name too long");
      }
      return at(secure, relative, work);
    }
  }

  private static <R> R at(SecureDirectoryStream<Path> directory, Path relative, Work<R> work)
      throws IOException {
    int names = relative.getNameCount();
    if (names == 1) {
      return work.in(directory, relative);
    }
    int step = 1;
    int bytes = RawNames.bytes(relative.getName(0)).length;
    while (step + 1 < names) {
      bytes += 1 + RawNames.bytes(relative.getName(step)).length;
      if (bytes > STEP_BYTES) {
        break;
      }
      step++;
    }
    try (SecureDirectoryStream<Path> next =
        directory.newDirectoryStream(relative.subpath(0, step), LinkOption.NOFOLLOW_LINKS)) {
      return at(next, relative.subpath(step, names), work);
    }
  }

  static FileChannel create(Path top, Path relative, Set<OpenOption> options, FileAttribute<?> mode)
      throws IOException {
    return at(
        top,
        relative,
        (directory, name) -> fileChannel(directory.newByteChannel(name, options, mode)));
  }

  /** Moves what was made under a short path to its place. */
  static void move(Path made, Path top, Path relative) throws IOException {
    try (DirectoryStream<Path> from = Files.newDirectoryStream(made.getParent())) {
      if (!(from instanceof SecureDirectoryStream<Path> secure)) {
        throw new FileSystemException(relative.toString(), null, "File name too long");
      }
      at(
          top,
          relative,
          (directory, name) -> {
            secure.move(made.getFileName(), directory, name);
            return true;
          });
    }
  }

  /** A channel by which a directory can be made durable. */
  static FileChannel openDirectory(Path top, Path relative) throws IOException {
    return at(
        top,
        relative,
        (directory, name) ->
            fileChannel(
                directory.newByteChannel(
                    name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))));
  }

  private static FileChannel fileChannel(SeekableByteChannel channel) throws IOException {
    if (channel instanceof FileChannel file) {
      return file;
    }
    channel.close();
    throw new IOException("the file system has no channels that several threads can write");
  }
}
