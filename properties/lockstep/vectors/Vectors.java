package lockstep.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The build goal {@code vectors}: {@code Vectors DIR} compares the files below {@code DIR} with
 * what the reference makes, and {@code Vectors DIR --write} replaces those that differ. Exit code 0
 * for the same or written, 1 for different, 2 for usage.
 */
public final class Vectors {

  private Vectors() {}

  /** Runs the goal and ends the process with its exit code. */
  public static void main(String[] arguments) throws IOException {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) throws IOException {
    boolean write = arguments.contains("--write");
    if (arguments.size() != (write ? 2 : 1)) {
      System.out.println("usage: Vectors DIR [--write]");
      return 2;
    }
    Path directory = Path.of(arguments.get(0));
    int differing = 0;
    Map<String, byte[]> files = new TreeMap<>(VectorFiles.generate());
    HostileFiles.generate(true).forEach((name, bytes) -> files.put("hostile/" + name, bytes));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
        differing++;
        System.out.println((write ? "written: " : "differs: ") + file.getKey());
        if (write) {
          Files.write(path, file.getValue());
        }
      }
    }
    System.out.println("vectors: " + differing + " of the generated files differed");
    return write || differing == 0 ? 0 : 1;
  }
}
