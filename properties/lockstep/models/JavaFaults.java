package lockstep.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Those of the planted faults that a model's replay has to find as well. */
final class JavaFaults {

  private static final FaultTable TABLE = table();

  private JavaFaults() {}

  /**
   * The faults that the replay overlooks. What caught the others is written to {@code
   * models/faults-NAME.md} in the build directory.
   */
  static List<String> missed(
      String name,
      Function<List<List<Map<String, String>>>, String> replay,
      List<List<Map<String, String>>> traces) {
    List<String> missed = new ArrayList<>();
    StringBuilder rows = new StringBuilder("| fault | class | caught by |\n|---|---|---|\n");
    List<PlantedFault> faults = faults(name);
    for (PlantedFault fault : faults) {
      String caught = planted(fault).replay(replay.getClass().getName(), traces);
      rows.append("| %s | `%s` | %s |\n".formatted(fault.name(), fault.type(), caught));
      if (caught.isEmpty()) {
        missed.add(fault.name());
      }
    }
    Path file = Path.of(System.getProperty("lockstep.build", "target"), "models");
    try {
      Files.createDirectories(file);
      Files.writeString(file.resolve("faults-" + name + ".md"), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.printf(
        "%s: %d of %d faults caught%n", name, faults.size() - missed.size(), faults.size());
    return missed;
  }

  private static List<PlantedFault> faults(String name) {
    List<PlantedFault> faults =
        TABLE.faults().stream().filter(f -> f.file().endsWith("/model-" + name + ".txt")).toList();
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("no faults of the model " + name);
    }
    return faults;
  }

  private static FaultyJava planted(PlantedFault fault) {
    try {
      return TABLE.plant(fault);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FaultTable table() {
    try {
      return FaultTable.read(Path.of(System.getProperty("lockstep.basedir", ".")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
