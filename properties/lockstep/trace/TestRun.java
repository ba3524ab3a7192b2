package lockstep.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one test class did in this build, as the listener in its JVM recorded it.
 *
 * @param testClass binary name
 * @param setUp what ran for the class rather than for one test
 * @param tests sorted by name
 */
record TestRun(String testClass, ExecutedCode setUp, List<TestOutcome> tests) {

  /** The folder of the records, below the build's folder. */
  static final String FOLDER = "trace/run";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The records of a folder by test class; none where no test ran. */
  static Map<String, TestRun> readAll(Path folder) throws IOException {
    Map<String, TestRun> runs = new TreeMap<>();
    for (Path file : files(folder)) {
      TestRun run = JSON.readValue(file.toFile(), TestRun.class);
      runs.merge(run.testClass(), run, TestRun::and);
    }
    return runs;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  /**
   * Writes this record into the folder, over an older one of the same class.
   *
   * @param heir the class that ran these tests, where they are an abstract class's; empty elsewhere
   */
  void write(Path folder, String heir) throws IOException {
    Files.createDirectories(folder);
    String name = heir.isEmpty() ? testClass : testClass + "@" + heir;
    JSON.writeValue(folder.resolve(name + ".json").toFile(), this);
  }

  /** The same tests as two classes have them from one. */
  private TestRun and(TestRun other) {
    Map<String, TestOutcome> all = new TreeMap<>();
    Stream.concat(tests.stream(), other.tests.stream())
        .forEach(test -> all.merge(test.method(), test, TestOutcome::and));
    return new TestRun(testClass, setUp.and(other.setUp), List.copyOf(all.values()));
  }

  /** What the test executed, the set-up of its class included. */
  ExecutedCode executedBy(TestOutcome test) {
    return setUp.and(test.executed());
  }
}
