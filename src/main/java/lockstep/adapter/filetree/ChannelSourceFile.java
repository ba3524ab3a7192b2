package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import lockstep.backup.run.SourceFile;
import lockstep.spec.Decides;

/** A file of the source, opened in the directory that listed it. */
@Decides({"BAK-8~2", "BAK-51"})
final class ChannelSourceFile implements SourceFile {

  /** What the channel copies at once; more would keep as much memory beside the heap. */
  private static final int STEP_BYTES = 256 * 1024;

  private final OpenDirectory directory;
  private final Path name;
  private final ListedAttributes listed;
  private final FileChannel channel;

  private ChannelSourceFile(
      OpenDirectory directory, Path name, ListedAttributes listed, FileChannel channel) {
    this.directory = directory;
    this.name = name;
    this.listed = listed;
    this.channel = channel;
  }

  static SourceFile open(OpenDirectory directory, Path name, ListedAttributes listed)
      throws IOException {
    FileChannel channel = directory.open(name, listed.identity());
    directory.retain();
    SourceFile opened = new ChannelSourceFile(directory, name, listed, channel);
    if (!directory.identityOf(name).equals(listed.identity())) {
      opened.close();
      throw new NoSuchFileException("another file than was listed");
    }
    return opened;
  }

  @Override
  public int read(long position, byte[] to, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(to, offset, Math.min(length, STEP_BYTES)), position);
  }

  @Override
  public Sameness sameness() throws IOException {
    try {
      ListedAttributes now = ListedAttributes.of(directory.path().resolve(name));
      if (!now.isRegularFile()
          || !now.identity().equals(listed.identity())
          || !directory.identityOf(name).equals(listed.identity())) {
        return Sameness.ANOTHER;
      }
      return now.stamp().equals(listed.stamp()) ? Sameness.SAME : Sameness.CHANGED;
    } catch (NoSuchFileException gone) {
      return Sameness.ANOTHER;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      directory.release();
    }
  }
}
