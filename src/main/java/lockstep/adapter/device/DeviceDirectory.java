package lockstep.adapter.device;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableFiles;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.DeviceState;
import lockstep.device.state.DeviceStateDamaged;
import lockstep.device.state.SealedRecord;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * The device's state in a directory of mode 0700: {@code <slot>.sealed} for each slot in use, and
 * {@code lock}, which whoever changes the state holds. What a crash left of a write that did not
 * take place is removed by the next holder of the lock.
 */
@Decides({"DEV-2", "DEV-4"})
@Implements({"DEV-1", "DEV-3~2"})
public final class DeviceDirectory implements DeviceState, AutoCloseable {

  private static final String LOCK_NAME = "lock";
  private static final Set<StandardOpenOption> LOCK_FILE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  private static final FileAttribute<?> LOCK_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path directory;
  private final DurableFiles files;
  private final @Nullable FileChannel lock;

  private DeviceDirectory(Path directory, DurableFiles files, @Nullable FileChannel lock) {
    this.directory = directory;
    this.files = files;
    this.lock = lock;
  }

  /** The state for reading, while another command may change it; a missing directory is empty. */
  public static DeviceDirectory forReading(Path directory) {
    return new DeviceDirectory(directory, new DurableFiles(), null);
  }

  /**
   * The state for reading and writing, under the lock until {@link #close}; makes the directory.
   *
   * @return empty when another command holds the lock
   * @throws ForeignDirectory when the directory is not a device's and others may use it
   * @throws OpenToOthers when it is another user's, or its file system keeps no modes
   * @throws IOException when the directory cannot be made or used
   */
  public static Optional<DeviceDirectory> lock(Path directory) throws IOException {
    return lock(directory, new DurableFiles());
  }

  /** The same, with files of the caller's making. */
  public static Optional<DeviceDirectory> lock(Path directory, DurableFiles files)
      throws IOException {
    prepare(directory, files);
    FileChannel channel = FileChannel.open(directory.resolve(LOCK_NAME), LOCK_FILE, LOCK_MODE);
    try {
      if (channel.tryLock() != null) {
        removeUnfinished(directory, files);
        return Optional.of(new DeviceDirectory(directory, files, channel));
      }
    } catch (OverlappingFileLockException heldInThisProcess) {
      channel.close();
      return Optional.empty();
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public Optional<SealedRecord> read(DeviceSlot slot) throws IOException {
    byte[] stored;
    try {
      stored = Files.readAllBytes(file(slot));
    } catch (NoSuchFileException empty) {
      return Optional.empty();
    }
    Optional<SealedRecord> record = SealedRecord.decode(stored);
    if (record.isEmpty()) {
      throw new DeviceStateDamaged(slot);
    }
    return record;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when the state was opened for reading
   */
  @Override
  public void write(DeviceSlot slot, SealedRecord record) throws IOException {
    requireLock();
    files.replace(file(slot), record.encode());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when the state was opened for reading
   */
  @Override
  public void erase(DeviceSlot slot) throws IOException {
    requireLock();
    files.remove(file(slot));
  }

  /** Ends the lock. */
  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }

  private Path file(DeviceSlot slot) {
    return directory.resolve(slot.text() + ".sealed");
  }

  private void requireLock() {
    if (lock == null || !lock.isOpen()) {
      throw new IllegalStateException("the device's state is changed under its lock only");
    }
  }

  @Decides("DEV-3~2")
  private static void prepare(Path directory, DurableFiles files) throws IOException {
    if (!Files.exists(directory)) {
      files.createDirectories(directory);
      OwnFiles.close(directory);
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    // Closing somebody else's directory to others would do harm: a home, or /tmp.
    if (!isClosed(directory) && !holdsOnlyState(directory)) {
      throw new ForeignDirectory();
    }
    OwnFiles.close(directory);
  }

  private static boolean isClosed(Path directory) throws IOException {
    try {
      return Files.getPosixFilePermissions(directory).equals(OwnFiles.DIRECTORY);
    } catch (UnsupportedOperationException noModes) {
      return false;
    }
  }

  private static void removeUnfinished(Path directory, DurableFiles files) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        if (String.valueOf(entry.getFileName()).startsWith(DurableFiles.UNFINISHED_PREFIX)) {
          files.remove(entry);
        }
      }
    }
  }

  private static boolean holdsOnlyState(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.allMatch(entry -> OwnFiles.isDevices(String.valueOf(entry.getFileName())));
    }
  }

  /** The directory holds other things than a device's state and is open to others. */
  @Implements("DEV-3~2")
  public static final class ForeignDirectory extends IOException {

    private static final long serialVersionUID = 1L;

    ForeignDirectory() {
      super("not a device's directory, and open to others");
    }
  }
}
