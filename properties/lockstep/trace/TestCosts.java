package lockstep.trace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What tests use of the processors: as measured in this process, or else as the build's last run of
 * all tests had it, where there was one.
 */
final class TestCosts {

  private static final Duration UNKNOWN = Duration.ofSeconds(1);

  /** How much longer a test takes where it tries all its cases. */
  private static final int WHOLE = 3;

  private static final Pattern CASE =
      Pattern.compile(
          "<testcase name=\"([^\"({\\[]+)[^>]*classname=\"([^\"]+)\" time=\"([0-9.]+)\"");

  private final Map<String, Duration> reported = new ConcurrentHashMap<>();
  private final Map<String, Duration> measured = new ConcurrentHashMap<>();

  private TestCosts() {}

  /** Those that Surefire reported, if it ran. */
  static TestCosts read(Path build) throws IOException {
    TestCosts costs = new TestCosts();
    Path reports = build.resolve("surefire-reports");
    if (Files.isDirectory(reports)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(reports, "TEST-*.xml")) {
        for (Path file : files) {
          CASE.matcher(Files.readString(file)).results().forEach(costs::report);
        }
      }
    }
    return costs;
  }

  private void report(MatchResult test) {
    Duration took = Duration.ofMillis((long) (1_000 * Double.parseDouble(test.group(3)) / WHOLE));
    reported.merge(test.group(2) + "." + test.group(1), took, Duration::plus);
  }

  /** Notes that the test took so long; the least counts, as the first time classes are loaded. */
  void took(CodePlace test, Duration cost) {
    measured.merge(test.display(), cost, (a, b) -> a.compareTo(b) < 0 ? a : b);
  }

  /** What the test will take. */
  Duration of(CodePlace test) {
    Duration usual = reported.getOrDefault(test.display(), UNKNOWN);
    return measured.getOrDefault(test.display(), usual);
  }
}
