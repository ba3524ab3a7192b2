package lockstep.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives the tests of a JVM a temporary folder on a file system in memory, where there is one with
 * room: tens of thousands of syncs wait for no disk there. What is durable when is shown by the
 * order of the steps, which these tests record, and not by a disk.
 */
public final class MemoryFolder implements LauncherSessionListener {

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path USUAL = Path.of("/tmp");
  private static final String PROPERTY = "java.io.tmpdir";

  /** A container often has 64 MiB there, which is too little. */
  private static final long ROOM_BYTES = 2L << 30;

  private Optional<Path> folder = Optional.empty();

  /** A new folder on a file system in memory, in a JVM whose temporary folder nobody chose. */
  public static Optional<Path> make() throws IOException {
    boolean isChosen = !Path.of(System.getProperty(PROPERTY)).equals(USUAL);
    if (isChosen
        || !Files.isWritable(MEMORY)
        || Files.getFileStore(MEMORY).getUsableSpace() < ROOM_BYTES) {
      return Optional.empty();
    }
    return Optional.of(Files.createTempDirectory(MEMORY, "lockstep-tests"));
  }

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    try {
      folder = make();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.ifPresent(made -> System.setProperty(PROPERTY, made.toString()));
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    folder.ifPresent(
        made -> {
          System.setProperty(PROPERTY, USUAL.toString());
          delete(made);
        });
  }

  /** Deletes the folder and all in it; says so where a process that still runs keeps it in use. */
  public static void delete(Path top) {
    try (Stream<Path> paths = Files.walk(top)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("left behind: " + top + ": " + e);
    }
  }
}
