package lockstep.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lockstep.evidence.TestsFolder;
import lockstep.trace.StrengthReport.CitedStrength;
import org.pitest.classpath.ClassloaderByteArraySource;
import org.pitest.mutationtest.tooling.JarCreatingJarFinder;

/**
 * Runs the mutants of a finished build, writes {@link StrengthReport#FILE} and the dossier anew:
 * {@code StrengthRun PROJECT BUILD [WORKERS [PATTERN]]}. PATTERN limits a run to the citations
 * ({@code test clause}) and classes in which it is found; such a run writes nothing.
 */
final class StrengthRun {

  /** The property of the JVM for how many mutants of each clause are run for its score. */
  static final String SAMPLE = "lockstep.strength.sample";

  /**
   * The property of the JVM for the minutes after which a run begins nothing new; what it did not
   * come to is counted as not reached.
   */
  static final String MINUTES = "lockstep.strength.minutes";

  private final Path project;
  private final Path build;
  private final String only;

  private StrengthRun(Path project, Path build, String only) {
    this.project = project;
    this.build = build;
    this.only = only;
  }

  /** Ends the process with 1 where there are findings. */
  public static void main(String[] args) throws IOException {
    StrengthRun run =
        new StrengthRun(
            Path.of(args[0]).toAbsolutePath(),
            Path.of(args[1]).toAbsolutePath(),
            args.length > 3 ? args[3] : "");
    int workers = args.length > 2 ? Integer.parseInt(args[2]) : 2;
    StrengthReport report = run.report(workers);
    int dossier = 0;
    if (run.only.isEmpty()) {
      report.write(run.build);
      dossier = Trace.run(List.of("gate", args[0], args[1]), System.out);
    }
    report.findings().forEach(System.out::println);
    System.out.println("strength: " + report.summary());
    System.exit(report.findings().isEmpty() ? dossier : 1);
  }

  private StrengthReport report(int workers) throws IOException {
    Path classes = build.resolve("classes");
    Path testClasses = build.resolve("test-classes");
    CompiledCode code =
        CompiledCode.read(project, classes, testClasses, StrengthRun.class.getClassLoader());
    Map<String, TestRun> runs = TestRun.readAll(build.resolve(TestRun.FOLDER));
    CitedMutants cited = new CitedMutants(runs, code.citations());
    List<CitedTest> tests =
        RunEvidence.of(code.citations(), runs).tests().stream()
            .filter(t -> !t.byConstruction())
            .filter(t -> isAsked(t.citation().place().display() + " " + t.citation().text()))
            .toList();
    Mutants defaults = new Mutants(Mutants.DEFAULTS, classes, testClasses);
    Mutants further = new Mutants(Mutants.FURTHER, classes, testClasses);
    StrengthTables tables = StrengthTables.read(project);
    Path agent = agent();
    Path scratch = TestsFolder.make();
    try (Trials trials =
        new Trials(workers, time(), () -> new MutantWorker(agent, build, scratch, project))) {
      List<StrengthReport.ClassScore> scores =
          new ClassStrength(cited, defaults, trials)
              .of(
                  ClassStrength.deciding(code).stream()
                      .filter(this::isAsked)
                      .filter(c -> !tables.isOpen(c))
                      .toList(),
                  CompiledCode.classNames(classes),
                  tables);
      List<CitedStrength> citations =
          new CitationStrength(cited, List.of(defaults, further), tables, trials).of(tests);
      List<StrengthReport.ClauseScore> clauses =
          new ClauseStrength(cited, defaults, Integer.getInteger(SAMPLE, 6), trials)
              .of(tests.stream().filter(CitationStrength::isAsked).toList());
      return StrengthReport.of(clauses, citations, scores, faults(tables, citations));
    } finally {
      TestsFolder.delete(scratch);
    }
  }

  private List<String> faults(StrengthTables tables, List<CitedStrength> citations) {
    boolean all = citations.stream().noneMatch(CitedStrength::isLeft);
    return only.isEmpty() ? tables.faults(all) : List.of();
  }

  private static Duration time() {
    return Duration.ofMinutes(Integer.getInteger(MINUTES, 600));
  }

  private boolean isAsked(String name) {
    return Pattern.compile(only).matcher(name).find();
  }

  /** PIT's agent, which swaps classes. */
  static Path agent() {
    return Path.of(
        new JarCreatingJarFinder(ClassloaderByteArraySource.fromContext())
            .getJarLocation()
            .orElseThrow());
  }
}
