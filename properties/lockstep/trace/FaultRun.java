package lockstep.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lockstep.evidence.TestsFolder;
import lockstep.models.FaultTable;
import lockstep.models.FaultyJava;
import lockstep.models.PlantedFault;
import lockstep.trace.FaultReport.Fate;
import lockstep.trace.FaultReport.Result;
import lockstep.trace.FaultSearch.Asked;

/**
 * Plants each fault of {@link FaultTable} and runs the tests that cite its clause, those alone:
 * {@code FaultRun PROJECT BUILD [WORKERS [PATTERN]]}. One of them has to deny it with an assertion.
 * PATTERN limits a run to the faults ({@code clause title class}) in which it is found; {@code
 * -Dlockstep.faults.sample=30} draws so many by a fresh seed, which is printed, or by that of
 * {@code -Dlockstep.faults.seed}.
 */
final class FaultRun {

  /** A citing test that takes more of the processors counts as stuck, which is no denial. */
  private static final Duration TIME =
      Duration.ofSeconds(Long.getLong("lockstep.faults.time", 120));

  /** Tests that usually take more are left for later. */
  private static final Duration QUICK = Duration.ofSeconds(4);

  /** At first no test may take more, in classes that were not used before. */
  private static final Duration MOST = Duration.ofSeconds(15);

  /** Properties try so many cases against a fault at first: most faults show in any. */
  private static final String FEW_TRIES = "12";

  /** So many they try against what is left, unless the JVM's property says otherwise. */
  private static final String TRIES = "200";

  private final CompiledCode code;
  private final FaultTable table;
  private final TestCosts costs;
  private final LastKillers lastKillers;
  private final ThreadLocal<FaultSearch> search;
  private final Set<String> findings = new ConcurrentSkipListSet<>();
  private final PrintStream out;

  private FaultRun(Path project, Path build, PrintStream out) throws IOException {
    this.out = out;
    this.code =
        CompiledCode.read(
            project,
            build.resolve("classes"),
            build.resolve("test-classes"),
            FaultRun.class.getClassLoader());
    this.table = FaultTable.read(project);
    table.misfits().forEach(m -> findings.add(m.toString()));
    this.costs = TestCosts.read(build);
    this.lastKillers = LastKillers.read(project);
    Optional<Instrumentation> swaps = ClassSwaps.ofThisProcess();
    this.search = ThreadLocal.withInitial(() -> new FaultSearch(costs, swaps));
  }

  /** Ends the process with 1 where there are findings. */
  public static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    Path build = Path.of(args[1]).toAbsolutePath();
    Path files = TestsFolder.make();
    System.setProperty("java.io.tmpdir", files.toString());
    FaultRun run = new FaultRun(Path.of(args[0]).toAbsolutePath(), build, out);
    int workers = args.length > 2 ? Integer.parseInt(args[2]) : 2;
    FaultReport report = run.report(workers, args.length > 3 ? args[3] : "");
    if (args.length < 4) {
      report.write(build);
    }
    if (Boolean.getBoolean("lockstep.faults.write")) {
      run.lastKillers.write(Path.of(args[0]), report);
    }
    report.findings().forEach(out::println);
    out.println("faults: " + FaultTrial.used().toSeconds() + " seconds of the processors");
    out.println("faults: " + report.summary());
    TestsFolder.delete(files);
    Runtime.getRuntime().halt(report.findings().isEmpty() ? 0 : 1);
  }

  private FaultReport report(int workers, String only) throws IOException {
    Pattern asked = Pattern.compile(only);
    List<PlantedFault> drawn =
        new ArrayList<>(
            table.faults().stream()
                .filter(f -> asked.matcher(f.name() + " " + f.type()).find())
                .toList());
    sample(drawn);
    Map<PlantedFault, Result> results = new HashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    String tries = System.getProperty(PropertySeeds.MOST_TRIES, TRIES);
    try {
      System.setProperty(PropertySeeds.MOST_TRIES, FEW_TRIES);
      killers(threads, drawn, this::quickKiller)
          .forEach((f, k) -> k.ifPresent(c -> results.put(f, result(f, k))));
      drawn.removeAll(results.keySet());
      System.setProperty(PropertySeeds.MOST_TRIES, tries);
      killers(threads, drawn, this::killer).forEach((f, k) -> results.put(f, result(f, k)));
    } finally {
      threads.shutdownNow();
    }
    return new FaultReport(
        table.faults().stream().map(f -> results.getOrDefault(f, Result.notRun(f))).toList(),
        List.copyOf(findings));
  }

  /** What looks for it in the faulty product. */
  private interface Trial {
    Optional<Citation> killer(FaultyJava faulty) throws IOException;
  }

  /** How a test that denies a fault is looked for. */
  private interface Search {
    Optional<Citation> killer(PlantedFault fault) throws IOException;
  }

  private static Map<PlantedFault, Optional<Citation>> killers(
      ExecutorService threads, List<PlantedFault> faults, Search search) throws IOException {
    Map<PlantedFault, Future<Optional<Citation>>> running = new HashMap<>();
    faults.forEach(f -> running.put(f, threads.submit(() -> search.killer(f))));
    Map<PlantedFault, Optional<Citation>> killers = new HashMap<>();
    for (PlantedFault fault : faults) {
      try {
        killers.put(fault, running.get(fault).get());
      } catch (InterruptedException | ExecutionException e) {
        throw new IOException(fault.name(), e);
      }
    }
    return killers;
  }

  private void sample(List<PlantedFault> drawn) {
    Integer most = Integer.getInteger("lockstep.faults.sample");
    if (most != null && drawn.size() > most) {
      long seed = Long.getLong("lockstep.faults.seed", System.nanoTime());
      out.println("faults: " + most + " of " + drawn.size() + " drawn by the seed " + seed);
      drawn.sort(Comparator.comparing(PlantedFault::name));
      Collections.shuffle(drawn, new Random(seed));
      drawn.subList(most, drawn.size()).clear();
    }
  }

  /** Asks the last killer, and what takes moments: no model, whose replays take a minute each. */
  private Optional<Citation> quickKiller(PlantedFault fault) throws IOException {
    List<Asked> quick = new ArrayList<>();
    for (Citation citation : citing(fault)) {
      if (lastKillers.isOf(fault.name(), citation)) {
        quick.add(new Asked(citation, TIME));
      } else if (!EvidenceKind.MODEL.isShownBy(citation)
          && costs.of(citation.place()).compareTo(QUICK) < 0) {
        quick.add(new Asked(citation, MOST));
      }
    }
    return killer(fault, f -> search.get().quickKiller(f, quick));
  }

  private Optional<Citation> killer(PlantedFault fault) throws IOException {
    List<Asked> all = citing(fault).stream().map(c -> new Asked(c, TIME)).toList();
    Optional<Citation> killer = killer(fault, f -> search.get().killer(f, all));
    if (killer.isEmpty()) {
      out.println(fate(fault, killer) + " " + fault.name());
    }
    return killer;
  }

  private Optional<Citation> killer(PlantedFault fault, Trial trial) throws IOException {
    Duration before = FaultTrial.used();
    Optional<Citation> killer = Optional.empty();
    try {
      killer = trial.killer(table.plant(fault));
    } catch (IllegalArgumentException | IllegalStateException e) {
      findings.add(fault.place() + ": " + fault.name() + ": " + e.getMessage());
    }
    String took = " after " + FaultTrial.used().minus(before).toMillis() + " ms of the processors";
    killer.ifPresent(
        k -> out.println("KILLED " + fault.name() + " by " + k.place().display() + took));
    return killer;
  }

  private static Fate fate(PlantedFault fault, Optional<Citation> killer) {
    return killer.isPresent() ? Fate.KILLED : fault.open().isEmpty() ? Fate.SURVIVED : Fate.OPEN;
  }

  private Result result(PlantedFault fault, Optional<Citation> killer) {
    boolean open = !fault.open().isEmpty();
    if (open && killer.isPresent()) {
      findings.add(fault.place() + ": " + fault.name() + " is said to be open, and is killed");
    } else if (!open && killer.isEmpty()) {
      findings.add(fault.place() + ": no test of " + fault.clause() + " notices: " + fault.title());
    }
    return Result.of(
        fault,
        fate(fault, killer),
        killer.map(k -> k.place().display()).orElse(""),
        killer.map(k -> k.kinds().iterator().next().word()).orElse(""));
  }

  /** The last killer first, then what costs least. */
  private List<Citation> citing(PlantedFault fault) {
    Map<Citation, Duration> expected = new HashMap<>();
    code.citations().stream()
        .filter(c -> c.kind() == CitationKind.VERIFIES && c.text().startsWith(fault.clause() + "~"))
        .filter(c -> !EvidenceKind.RULE.isShownBy(c) && !EvidenceKind.PROOF.isShownBy(c))
        .flatMap(FaultRun::singleTests)
        .forEach(c -> expected.put(c, costs.of(c.place())));
    return expected.keySet().stream()
        .sorted(
            Comparator.<Citation, Boolean>comparing(c -> !lastKillers.isOf(fault.name(), c))
                .thenComparing(expected::get)
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** A class's citation as one for each of its tests, so that the cheapest may do. */
  private static Stream<Citation> singleTests(Citation citation) {
    CodePlace place = citation.place();
    List<String> tests = place.member().isEmpty() ? Denial.tests(place.className()) : List.of();
    return tests.isEmpty()
        ? Stream.of(citation)
        : tests.stream()
            .map(t -> new CodePlace(place.className(), t, place.file(), place.line()))
            .map(
                p ->
                    new Citation(
                        citation.kind(),
                        citation.text(),
                        p,
                        citation.decides(),
                        citation.kinds(),
                        citation.byConstruction()));
  }
}
