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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import lockstep.backup.restore.TargetTree;
import lockstep.backup.restore.Unkept;
import lockstep.spec.Implements;

/** Files that a restore makes; each is new, and for its owner only until it is finished. */
@Implements({"RST-3~2", "RST-4", "RST-9~2"})
final class ChannelFiles {

  private static final Set<OpenOption> NEW =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private static final FileAttribute<?> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private ChannelFiles() {}

  static TargetTree.TargetFile target(TreePlace place, TargetSync sync) throws IOException {
    try {
      return new Target(place, place.create(NEW, MODE), sync);
    } catch (IOException failed) {
      throw FullDisk.explain(failed, place.tree());
    }
  }

  static TargetTree.ScratchFile scratch(Path path) throws IOException {
    return new Scratch(path, create(path));
  }

  private static FileChannel create(Path path) throws IOException {
    try {
      return FileChannel.open(path, NEW, MODE);
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

  private record Target(TreePlace place, FileChannel channel, TargetSync sync)
      implements TargetTree.TargetFile {

    @Override
    public void write(long position, byte[] from, int offset, int length) throws IOException {
      writeAt(place.tree(), channel, position, from, offset, length);
    }

    @Override
    public List<Unkept> finish(int mode, Instant modifiedAt) throws IOException {
      try {
        List<Unkept> unkept = place.setAttributes(mode, modifiedAt);
        sync.force(channel);
        return unkept;
      } catch (IOException failed) {
        throw FullDisk.explain(failed, place.tree());
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
