package lockstep.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lockstep.models.FaultTable;
import lockstep.trace.FaultReport.Fate;

/**
 * The test that denied each fault last, which is asked first: one test a fault, where it still
 * does. A name that is out of date costs time and changes no verdict.
 */
final class LastKillers {

  /** Relative to the project; lines of {@code killer: fault}. */
  static final String FILE = FaultTable.FOLDER + "/killers.list";

  private static final String BETWEEN = ": ";

  private final Map<String, String> killers;

  private LastKillers(Map<String, String> killers) {
    this.killers = killers;
  }

  static LastKillers read(Path project) throws IOException {
    Map<String, String> killers = new TreeMap<>();
    Path file = project.resolve(FILE);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split(BETWEEN, 2);
        killers.put(parts[1], parts[0]);
      }
    }
    return new LastKillers(killers);
  }

  /** Whether that test denied the fault of that name. */
  boolean isOf(String fault, Citation test) {
    return test.place().display().equals(killers.get(fault));
  }

  /** The same with what a run found, and without faults that the table no longer has. */
  void write(Path project, FaultReport report) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (FaultReport.Result result : report.faults()) {
      String fault = result.clause() + " " + result.title();
      String killer = result.fate() == Fate.KILLED ? result.killer() : killers.get(fault);
      if (killer != null && result.fate() != Fate.SURVIVED) {
        all.put(fault, killer);
      }
    }
    Files.writeString(
        project.resolve(FILE),
        all.entrySet().stream()
            .map(e -> e.getValue() + BETWEEN + e.getKey() + "\n")
            .collect(Collectors.joining()));
  }
}
