package lockstep.adapter.filetree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import lockstep.adapter.durable.DurableFiles;
import lockstep.backup.notes.BackupNotes;
import lockstep.format.SetName;
import lockstep.spec.Implements;

/** The device's notes of its backups as files of mode 0600 in a directory of mode 0700. */
@Implements({"BAK-13~2", "DEV-3~2"})
public final class DirectoryNotes implements BackupNotes {

  private final Path directory;
  private final DurableFiles files;

  /** Notes in a directory that is made where it is missing. */
  public DirectoryNotes(Path directory) {
    this(directory, new DurableFiles());
  }

  /** The same, renaming through {@code files}. */
  public DirectoryNotes(Path directory, DurableFiles files) {
    this.directory = directory;
    this.files = files;
  }

  @Override
  public Optional<InputStream> read(SetName set, Note note) throws IOException {
    try {
      return Optional.of(Files.newInputStream(file(set, note)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  @Override
  public Sink write(SetName set, Note note) throws IOException {
    files.createDirectories(directory);
    Files.deleteIfExists(file(set, note));
    FileChannel channel =
        FileChannel.open(
            file(set, note),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return new ChannelSink(channel);
  }

  @Override
  public void rename(SetName set, Note from, Note to) throws IOException {
    if (Files.exists(file(set, from))) {
      files.rename(file(set, from), file(set, to));
    }
  }

  @Override
  public void erase(SetName set, Note note) throws IOException {
    if (Files.exists(file(set, note))) {
      files.remove(file(set, note));
    }
  }

  private Path file(SetName set, Note note) {
    return directory.resolve(set.hex() + "." + note.name().toLowerCase(Locale.ROOT));
  }

  private record ChannelSink(FileChannel channel) implements Sink {

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
