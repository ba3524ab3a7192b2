package lockstep.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import lockstep.models.FaultTable;
import lockstep.models.FaultyJava;
import lockstep.models.PlantedFault;
import lockstep.trace.FaultReport.Fate;
import lockstep.trace.FaultReport.Result;
import lockstep.trace.MutantJvm.Verdict;

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

  /** Properties try so many cases against a fault, unless the JVM's property says otherwise. */
  private static final String TRIES = "200";

  private final CompiledCode code;
  private final FaultTable table;
  private final Map<CodePlace, Boolean> sound = new ConcurrentHashMap<>();
  private final List<String> findings = Collections.synchronizedList(new ArrayList<>());
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
  }

  /** Ends the process with 1 where there are findings. */
  public static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    System.getProperties().putIfAbsent(PropertySeeds.MOST_TRIES, TRIES);
    Path build = Path.of(args[1]).toAbsolutePath();
    FaultRun run = new FaultRun(Path.of(args[0]).toAbsolutePath(), build, out);
    int workers = args.length > 2 ? Integer.parseInt(args[2]) : 2;
    FaultReport report = run.report(workers, args.length > 3 ? args[3] : "");
    if (args.length < 4) {
      report.write(build);
    }
    report.findings().forEach(out::println);
    out.println("faults: " + report.summary());
    Runtime.getRuntime().halt(report.findings().isEmpty() ? 0 : 1);
  }

  private FaultReport report(int workers, String only) throws IOException {
    List<PlantedFault> drawn =
        new ArrayList<>(
            table.faults().stream()
                .filter(f -> Pattern.compile(only).matcher(f.name() + " " + f.type()).find())
                .toList());
    sample(drawn);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    Map<PlantedFault, Future<Result>> running = new ConcurrentHashMap<>();
    drawn.forEach(f -> running.put(f, threads.submit(() -> result(f))));
    List<Result> results = new ArrayList<>();
    for (PlantedFault fault : table.faults()) {
      try {
        Future<Result> future = running.get(fault);
        results.add(future == null ? result(fault, Fate.NOT_RUN, Optional.empty()) : future.get());
      } catch (InterruptedException | ExecutionException e) {
        throw new IOException(fault.name(), e);
      }
    }
    threads.shutdownNow();
    return new FaultReport(results, findings.stream().sorted().toList());
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

  private Result result(PlantedFault fault) throws IOException {
    Optional<Citation> killer = Optional.empty();
    try {
      killer = killer(fault, new FaultTrial(table.plant(fault), TIME));
    } catch (IllegalArgumentException | IllegalStateException e) {
      findings.add(fault.place() + ": " + fault.name() + ": " + e.getMessage());
    }
    boolean open = !fault.open().isEmpty();
    if (open && killer.isPresent()) {
      findings.add(fault.place() + ": " + fault.name() + " is said to be open, and is killed");
    } else if (!open && killer.isEmpty()) {
      findings.add(fault.place() + ": no test of " + fault.clause() + " notices: " + fault.title());
    }
    Fate fate = killer.isPresent() ? Fate.KILLED : open ? Fate.OPEN : Fate.SURVIVED;
    out.println(
        fate + " " + fault.name() + killer.map(k -> " by " + k.place().display()).orElse(""));
    return result(fault, fate, killer);
  }

  private static Result result(PlantedFault fault, Fate fate, Optional<Citation> killer) {
    return Result.of(
        fault,
        fate,
        killer.map(k -> k.place().display()).orElse(""),
        killer.map(k -> k.kinds().iterator().next().word()).orElse(""));
  }

  /** The first citing test that denies the fault and not the code as it is. */
  private Optional<Citation> killer(PlantedFault fault, FaultTrial trial) {
    for (Citation citation : citing(fault)) {
      CodePlace place = citation.place();
      Verdict verdict = trial.run(place);
      if (verdict == Verdict.DENIED && sound.computeIfAbsent(place, FaultRun::isSound)) {
        return Optional.of(citation);
      }
    }
    return Optional.empty();
  }

  private static boolean isSound(CodePlace test) {
    return new FaultTrial(FaultyJava.without(), TIME).run(test) == Verdict.PASSED;
  }

  /** Those near the faulty class first; models and processes, which take longest, last. */
  private List<Citation> citing(PlantedFault fault) {
    String home = table.typeName(fault);
    String homePackage = home.substring(0, Math.max(0, home.lastIndexOf('.')));
    return code.citations().stream()
        .filter(c -> c.kind() == CitationKind.VERIFIES && c.text().startsWith(fault.clause() + "~"))
        .filter(c -> !EvidenceKind.RULE.isShownBy(c) && !EvidenceKind.PROOF.isShownBy(c))
        .sorted(
            Comparator.<Citation, Boolean>comparing(c -> EvidenceKind.MODEL.isShownBy(c))
                .thenComparing(c -> c.place().className().startsWith("lockstep.cli."))
                .thenComparing(c -> !c.place().packageName().equals(homePackage)))
        .toList();
  }
}
