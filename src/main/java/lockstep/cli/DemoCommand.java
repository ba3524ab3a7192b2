package lockstep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the whole story in a temporary folder, with the real commands. */
@Command(
    name = "demo",
    description = "The whole story on a sample chat archive, or on a copy of DIR.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DemoCommand implements lockstep.cli.Command {

  private static final int REMOVALS_AT_A_SIGNAL = 200;

  @Mixin private SharedOptions shared;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "A folder to copy and protect.")
  private @Nullable Path source;

  @Option(names = "--keep", description = "Leave the demo's folder and say where it is.")
  private boolean keep;

  @Override
  public boolean isOfDevice() {
    return false;
  }

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  @Implements("CLI-15")
  public Answer run(Surroundings surroundings) {
    Path folder;
    try {
      folder = Files.createTempDirectory("lockstep-demo-").toRealPath();
    } catch (IOException e) {
      return Answer.refused(
          "The demo needs a temporary folder and could not make one.",
          "Make room, or set java.io.tmpdir, and run it again.");
    }
    Thread interrupted = new Thread(() -> removeUntilGone(folder), "demo-removal");
    if (!keep) {
      Runtime.getRuntime().addShutdownHook(interrupted);
    }
    try {
      prepare(folder.resolve("chats"));
      Answer answer = new DemoStory(surroundings, folder, shared.json()).tell();
      return keep ? answer.withDetail("The demo's folder is " + folder + ".") : answer;
    } catch (IOException e) {
      return Answer.of(
          Outcome.UNEXPECTED,
          "The demo could not read or write its own files.",
          "See that the disk has some 100 MiB left and that DIR can be read, and run it again.");
    } finally {
      if (!keep) {
        removeAll(folder);
      }
    }
  }

  /** At a signal: a copy of the user's files is not left behind, though the story still writes. */
  private static void removeUntilGone(Path folder) {
    for (int i = 0; i < REMOVALS_AT_A_SIGNAL && Files.exists(folder); i++) {
      removeAll(folder);
    }
  }

  private void prepare(Path archive) throws IOException {
    if (source == null) {
      SampleArchive.write(archive);
    } else {
      SampleArchive.copy(source, archive);
    }
  }

  /** Removes a folder of the demo's; what cannot be removed stays. */
  static void removeAll(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              // A restored folder may have come back without permission to write.
              path.toFile().setWritable(true);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure)
                throws IOException {
              Files.delete(path);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException | UncheckedIOException remains) {
      // What stays is the user's to remove; a caller that can wait tries again.
    }
  }
}
