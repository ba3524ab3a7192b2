package lockstep.proofs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What KeY said of each contract.
 *
 * @param choices the options of KeY's logic that were in force
 * @param outcomes by the contract's name in KeY
 */
record KeyRun(List<String> choices, Map<String, Outcome> outcomes) {

  private static final int MOST_STEPS = 20_000;
  private static final int MOST_MINUTES = 60;

  /** How a proof ended. */
  enum End {
    CLOSED,
    /** A goal is left to which no rule applies. */
    OPEN,
    UNFINISHED
  }

  /**
   * One contract.
   *
   * @param end of its proof
   * @param steps rules applied
   * @param millis of elapsed time
   */
  record Outcome(End end, int steps, long millis) {}

  /**
   * The name that KeY gives a contract.
   *
   * @param contract such as {@code giveBack(long,boolean).1}
   */
  static String contractName(String type, String contract) {
    int dot = contract.lastIndexOf('.');
    return type
        + "["
        + type
        + "::"
        + contract.substring(0, dot)
        + "].JML normal_behavior operation contract"
        + contract.substring(dot);
  }

  /** Proves the contracts of the classes as shipped, and one of each faulty class. */
  static KeyRun of(List<String> types, List<PlantedFault> faults)
      throws IOException, InterruptedException {
    Path work =
        Files.createDirectories(Path.of(System.getProperty("lockstep.build", "target"), "proofs"));
    delete(work.resolve("input"));
    List<String> contracts = new ArrayList<>();
    for (String type : types) {
      ProofInput.write(work.resolve("input"), type);
      contracts.add(type + "[");
    }
    for (PlantedFault fault : faults) {
      ProofInput.write(work.resolve("input"), fault);
      contracts.add(fault.faultyContract());
    }
    Path output = work.resolve("key.txt");
    run(work, contracts, output);
    List<String> lines = Files.readAllLines(output);
    if (lines.stream().anyMatch(line -> line.startsWith("Exception in thread"))) {
      throw new IOException("KeY broke a proof off; see " + output);
    }
    KeyRun run = read(lines);
    Files.writeString(work.resolve("contracts.txt"), run.table());
    return run;
  }

  private static void run(Path work, List<String> contracts, Path output)
      throws IOException, InterruptedException {
    Path base = Path.of(System.getProperty("lockstep.basedir", "."));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-cp",
                work.resolveSibling("key").toString() + "/*",
                base.resolve("spec/proofs/KeyDriver.java").toString(),
                work.resolve("input").toString(),
                String.valueOf(MOST_STEPS),
                work.resolve("settings").toString()));
    command.addAll(contracts);
    Process key =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!key.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || key.exitValue() != 0) {
        throw new IOException("KeY did not end well; see " + output);
      }
    } finally {
      key.destroyForcibly();
    }
  }

  /** The outcomes for the Java that ships. */
  Map<String, Outcome> shipped() {
    Map<String, Outcome> shipped = new TreeMap<>(outcomes);
    shipped.keySet().removeIf(name -> name.startsWith("fault"));
    return shipped;
  }

  /** A line for each contract: how its proof ended, and its name. */
  String table() {
    StringBuilder table = new StringBuilder();
    outcomes.forEach((name, outcome) -> table.append("%s %s\n".formatted(outcome, name)));
    return table.toString();
  }

  private static KeyRun read(List<String> lines) {
    List<String> choices = new ArrayList<>();
    Map<String, Outcome> outcomes = new TreeMap<>();
    for (String line : lines) {
      String[] field = line.split("\t", -1);
      if (field[0].equals("choice")) {
        choices.add(field[1]);
      } else if (field[0].equals("contract")) {
        outcomes.put(
            field[1],
            new Outcome(
                End.valueOf(field[2].toUpperCase(java.util.Locale.ROOT)),
                Integer.parseInt(field[3]),
                Long.parseLong(field[4])));
      }
    }
    return new KeyRun(choices, outcomes);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
