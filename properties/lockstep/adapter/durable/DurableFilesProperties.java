package lockstep.adapter.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is the old one or the whole new one, at every step, and only its owner reads it. */
@Verifies("ATR-3")
class DurableFilesProperties {

  private static final byte[] OLD = {1, 2, 3};
  private static final byte[] NEW = new byte[300_000];

  @TempDir private Path directory;

  @Test
  void contentIsSyncedBeforeItsNameAndItsNameBeforeTheAnswer() throws IOException {
    List<DurableStep.Kind> steps = new ArrayList<>();
    new DurableFiles((kind, path) -> steps.add(kind)).replace(directory.resolve("file"), NEW);
    assertThat(steps)
        .containsExactly(
            DurableStep.Kind.FILE_SYNC, DurableStep.Kind.RENAME, DurableStep.Kind.DIRECTORY_SYNC);
    assertThat(directory.resolve("file")).hasBinaryContent(NEW);
  }

  @Test
  void whatIsMadeOrRenamedIsSyncedBeforeTheAnswer() throws IOException {
    List<DurableStep.Kind> steps = new ArrayList<>();
    DurableFiles files = new DurableFiles((kind, path) -> steps.add(kind));
    files.create(directory.resolve("file"), NEW);
    assertThat(steps).containsExactly(DurableStep.Kind.FILE_SYNC, DurableStep.Kind.DIRECTORY_SYNC);
    steps.clear();
    files.createDirectory(directory.resolve("folder"));
    assertThat(steps).containsExactly(DurableStep.Kind.DIRECTORY_SYNC);
    steps.clear();
    files.rename(directory.resolve("folder"), directory.resolve("renamed"));
    assertThat(steps).containsExactly(DurableStep.Kind.RENAME, DurableStep.Kind.DIRECTORY_SYNC);
  }

  @Test
  void aFailureAtAnyStepLeavesTheOldFileOrTheNewOne() throws IOException {
    Path target = directory.resolve("file");
    for (DurableStep.Kind failing : DurableStep.Kind.values()) {
      new DurableFiles().replace(target, OLD);
      DurableFiles files =
          new DurableFiles(
              (kind, path) -> {
                if (kind == failing) {
                  throw new IOException("disk");
                }
              });
      switch (failing) {
        case FILE_SYNC, RENAME -> {
          assertThatThrownBy(() -> files.replace(target, NEW)).isInstanceOf(IOException.class);
          assertThat(target).hasBinaryContent(OLD);
        }
        case DIRECTORY_SYNC -> {
          assertThatThrownBy(() -> files.replace(target, NEW)).isInstanceOf(IOException.class);
          assertThat(target).hasBinaryContent(NEW);
        }
        case REMOVE, COMMIT -> {
          files.replace(target, NEW);
          assertThat(target).hasBinaryContent(NEW);
        }
      }
      assertThat(names()).containsExactly("file");
    }
  }

  @Test
  void aWriterThatFailsLeavesNothing() throws IOException {
    Path target = directory.resolve("file");
    assertThatThrownBy(
            () ->
                new DurableFiles()
                    .replace(
                        target,
                        out -> {
                          out.write(NEW);
                          throw new IOException("source");
                        }))
        .isInstanceOf(IOException.class);
    assertThat(names()).isEmpty();
  }

  @Test
  void onlyTheOwnerMayReadWhatIsMade() throws IOException {
    DurableFiles files = new DurableFiles();
    files.createDirectories(directory.resolve("a/b"));
    files.create(directory.resolve("a/b/created"), OLD);
    files.replace(directory.resolve("a/b/replaced"), OLD);
    assertThat(mode("a")).isEqualTo("rwx------");
    assertThat(mode("a/b")).isEqualTo("rwx------");
    assertThat(mode("a/b/created")).isEqualTo("rw-------");
    assertThat(mode("a/b/replaced")).isEqualTo("rw-------");
  }

  @Test
  void whatIsThereIsNotCreatedAgain() throws IOException {
    DurableFiles files = new DurableFiles();
    files.create(directory.resolve("file"), OLD);
    files.createDirectory(directory.resolve("folder"));
    assertThatThrownBy(() -> files.create(directory.resolve("file"), NEW))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> files.createDirectory(directory.resolve("folder")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(directory.resolve("file")).hasBinaryContent(OLD);
  }

  @Test
  void removingTwiceIsNoFailure() throws IOException {
    DurableFiles files = new DurableFiles();
    files.create(directory.resolve("file"), OLD);
    files.remove(directory.resolve("file"));
    files.remove(directory.resolve("file"));
    assertThat(names()).isEmpty();
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
