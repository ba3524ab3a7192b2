package lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lockstep.oracle.vectors.VectorFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the test vectors anew. */
@Command(
    name = "vectors",
    description = "Make the test vectors anew, and compare or, with --write, replace them.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class VectorsCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;

  @Option(names = "--write", description = "Replace the files that differ.")
  private boolean write;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where the files are (default: spec/vectors).")
  private Path directory = Path.of("spec", "vectors");

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) {
    if (!Files.isDirectory(directory)) {
      return Answer.usage(
          "There is no directory " + directory + ".",
          "Run it in the project's directory, or name one with --directory.");
    }
    List<String> differing = new ArrayList<>();
    try {
      for (Map.Entry<String, byte[]> file : VectorFiles.generate().entrySet()) {
        Path path = directory.resolve(file.getKey());
        if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
          differing.add(file.getKey());
          if (write) {
            Files.write(path, file.getValue());
          }
        }
      }
    } catch (IOException unusable) {
      return Answer.refused(
          "The files in " + directory + " could not be read or written.",
          "Look whether they belong to you and whether the disk is full.");
    }
    return answer(differing).with("files", differing);
  }

  private Answer answer(List<String> differing) {
    if (differing.isEmpty()) {
      return Answer.done("Every vector is as the reference makes it.");
    }
    String names = String.join(", ", differing);
    return write
        ? Answer.done("Written: " + names + ".")
        : Answer.refused(
            "Other than the reference makes them: " + names + ".",
            "Run lockstep vectors --write if the change is meant, and say so in the changelog.");
  }
}
