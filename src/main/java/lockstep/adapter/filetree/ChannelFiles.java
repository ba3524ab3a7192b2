package lockstep.adapter.filetree;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import lockstep.backup.restore.TargetTree;
import lockstep.spec.Implements;

/** Files that a restore makes; each is new, and for its owner only until it is finished. */
@Implements({"RST-3~1", "RST-4~1", "RST-9~1"})
final class ChannelFiles {

  private static final Set<OpenOption> NEW =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private ChannelFiles() {}

  static TargetTree.TargetFile target(Path path) throws IOException {
    return new Target(path, create(path));
  }

  static TargetTree.ScratchFile scratch(Path path) throws IOException {
    return new Scratch(path, create(path));
  }

  private static FileChannel create(Path path) throws IOException {
    try {
      return FileChannel.open(
          path,
          NEW,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException failed) {
      throw FullDisk.explain(failed, path);
    }
  }

  private static void writeAt(
      Path path, FileChannel channel, long position, byte[] from, int offset, int length)
      throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
      while (bytes.hasRemaining()) {
        channel.write(bytes, position + bytes.position() - offset);
      }
    } catch (IOException failed) {
      throw FullDisk.explain(failed, path);
    }
  }

  private record Target(Path path, FileChannel channel) implements TargetTree.TargetFile {

    @Override
    public void write(long position, byte[] from, int offset, int length) throws IOException {
      writeAt(path, channel, position, from, offset, length);
    }

    @Override
    public void finish(int mode, Instant modifiedAt) throws IOException {
      try {
        FileAttributesSetter.setTime(path, modifiedAt);
        FileAttributesSetter.setMode(path, mode);
        channel.force(true);
      } catch (IOException failed) {
        throw FullDisk.explain(failed, path);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private record Scratch(Path path, FileChannel channel) implements TargetTree.ScratchFile {

    @Override
    public void append(byte[] from, int offset, int length) throws IOException {
      writeAt(path, channel, channel.size(), from, offset, length);
    }

    @Override
    public void read(long position, byte[] to, int offset, int length) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(to, offset, length);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, position + bytes.position() - offset) < 0) {
          throw new EOFException("a scratch file was cut");
        }
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
      Files.deleteIfExists(path);
    }
  }
}
