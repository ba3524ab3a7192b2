package lockstep.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lockstep.models.PlantedFault;

/**
 * What the tests that cite a clause made of the faults that break it.
 *
 * @param faults in the table's order
 * @param findings for which the run fails
 */
record FaultReport(List<Result> faults, List<String> findings) {

  /** Below the build's folder. */
  static final String FILE = "faults/faults.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** What became of a fault. */
  enum Fate {
    /** An assertion of a citing test failed, and holds without the fault. */
    KILLED,
    /** No citing test denied it. */
    SURVIVED,
    /** It survives, and the table says why. */
    OPEN,
    /** It was not among those that this run drew. */
    NOT_RUN;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A fault and its fate.
   *
   * @param killer the test that denied it; empty where none did
   * @param evidence the kind of that test
   */
  record Result(
      String clause,
      String kind,
      String title,
      String harms,
      String type,
      Fate fate,
      String killer,
      String evidence) {

    static Result of(PlantedFault fault, Fate fate, String killer, String evidence) {
      return new Result(
          fault.clause(),
          fault.kind(),
          fault.title(),
          fault.harms(),
          fault.type(),
          fate,
          killer,
          evidence);
    }

    static Result notRun(PlantedFault fault) {
      return of(fault, Fate.NOT_RUN, "", "");
    }
  }

  static Optional<FaultReport> read(Path build) throws IOException {
    Path file = build.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(JSON.readValue(file.toFile(), FaultReport.class))
        : Optional.empty();
  }

  void write(Path build) throws IOException {
    Path file = build.resolve(FILE);
    Files.createDirectories(file.getParent());
    JSON.writeValue(file.toFile(), this);
  }

  Optional<Result> of(PlantedFault fault) {
    return faults.stream()
        .filter(f -> f.clause().equals(fault.clause()) && f.title().equals(fault.title()))
        .findFirst();
  }

  long count(Fate fate) {
    return faults.stream().filter(f -> f.fate() == fate).count();
  }

  /** The counts, in one line. */
  String summary() {
    Map<String, Long> killers =
        faults.stream()
            .filter(f -> f.fate() == Fate.KILLED)
            .collect(Collectors.groupingBy(Result::evidence, TreeMap::new, Collectors.counting()));
    String fates =
        Arrays.stream(Fate.values())
            .map(f -> count(f) + " " + f.words())
            .collect(Collectors.joining(", "));
    return faults.size()
        + " faults of "
        + faults.stream().map(Result::clause).distinct().count()
        + " clauses: "
        + fates
        + killers.entrySet().stream()
            .map(e -> e.getValue() + " by " + e.getKey())
            .collect(Collectors.joining(", ", " (", ")"))
        + "; "
        + findings.size()
        + " findings";
  }
}
