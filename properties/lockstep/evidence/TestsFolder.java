package lockstep.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives the tests of a JVM, and the processes that they start, a temporary folder of their own,
 * which goes with the JVM and all that they left in it. It is on a file system in memory where
 * there is one with room: tens of thousands of syncs wait for no disk there. What is durable when
 * is shown by the order of the steps, which these tests record, and not by a disk.
 */
public final class TestsFolder implements LauncherSessionListener {

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path USUAL = Path.of("/tmp");
  private static final String PROPERTY = "java.io.tmpdir";

  /** A container often has 64 MiB there, which is too little. */
  private static final long ROOM_BYTES = 2L << 30;

  private Optional<Path> folder = Optional.empty();

  /** A new folder, in memory where there is room. */
  public static Path make() throws IOException {
    boolean hasRoom =
        Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM_BYTES;
    return Files.createDirectory(
        (hasRoom ? MEMORY : USUAL).resolve("lockstep-tests-" + UUID.randomUUID()),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (!Path.of(System.getProperty(PROPERTY)).equals(USUAL)) {
      return; // somebody chose it
    }
    try {
      Path made = make();
      folder = Optional.of(made);
      System.setProperty(PROPERTY, made.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    folder.ifPresent(
        made -> {
          System.setProperty(PROPERTY, USUAL.toString());
          delete(made);
        });
  }

  /**
   * Where tests make their files and folders. To be named each time: without it, {@code Files} uses
   * the folder that the JVM had when it started.
   */
  public static Path path() {
    return Path.of(System.getProperty(PROPERTY));
  }

  /** Makes the folder of a {@link TempDir}. */
  public static final class OfTempDir implements TempDirFactory {
    @Override
    public Path createTempDirectory(
        AnnotatedElementContext elementContext, ExtensionContext extensionContext)
        throws IOException {
      return Files.createTempDirectory(path(), "junit");
    }
  }

  /** The option by which a forked JVM uses the same temporary folder. */
  public static String option() {
    return "-D" + PROPERTY + "=" + System.getProperty(PROPERTY);
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
