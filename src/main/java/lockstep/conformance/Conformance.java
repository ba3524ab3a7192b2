package lockstep.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lockstep.spec.Decides;
import lockstep.spec.NonNormative;

/**
 * Examines a testee. What it examines is set by the {@code with} methods, each of which gives
 * another examination and leaves this one as it is.
 */
@Decides("CNF-2~2")
public final class Conformance {

  /** The profiles there are, the parts of the system that somebody may implement. */
  public static final List<String> PROFILES = Profiles.all();

  private static final Conformance STANDARD =
      new Conformance(
          Set.of(),
          "",
          new Seeding(1, 100),
          KnownFailures.none(),
          Duration.ofSeconds(20),
          (done, all) -> {});

  private final Set<String> profiles;
  private final String onlyCase;
  private final Seeding seeding;
  private final KnownFailures known;
  private final Duration timeout;
  private final Progress progress;

  private Conformance(
      Set<String> profiles,
      String onlyCase,
      Seeding seeding,
      KnownFailures known,
      Duration timeout,
      Progress progress) {
    this.profiles = profiles;
    this.onlyCase = onlyCase;
    this.seeding = seeding;
    this.known = known;
    this.timeout = timeout;
    this.progress = progress;
  }

  /** Is told how far a run is. */
  @FunctionalInterface
  public interface Progress {

    /** {@code done} of {@code all} cases have been judged. */
    void advanced(int done, int all);
  }

  /** How schedules are drawn. */
  private record Seeding(long seed, int schedules) {}

  /** What the testee claims, 100 schedules a stateful profile from seed 1, 20 s an answer. */
  @NonNormative("where a run's settings start from")
  public static Conformance standard() {
    return STANDARD;
  }

  /** The same for these profiles, whether or not the testee claims them; none: all it claims. */
  public Conformance withProfiles(Set<String> names) {
    return new Conformance(Set.copyOf(names), onlyCase, seeding, known, timeout, progress);
  }

  /** The same for one case only, a vector's or a schedule's id. */
  public Conformance withCase(String id) {
    return new Conformance(profiles, id, seeding, known, timeout, progress);
  }

  /** The same with so many schedules for each stateful profile, drawn from {@code seed}. */
  public Conformance withSchedules(long seed, int schedules) {
    return new Conformance(
        profiles, onlyCase, new Seeding(seed, schedules), known, timeout, progress);
  }

  /** The same with a list of known failures. */
  public Conformance withKnownFailures(KnownFailures failures) {
    return new Conformance(profiles, onlyCase, seeding, failures, timeout, progress);
  }

  /** The same with another limit for one answer of a testee in this JVM. */
  public Conformance withTimeout(Duration limit) {
    return new Conformance(profiles, onlyCase, seeding, known, limit, progress);
  }

  /** The same, telling how far it is. */
  public Conformance withProgress(Progress listener) {
    return new Conformance(profiles, onlyCase, seeding, known, timeout, listener);
  }

  /** Examines a testee and leaves it open. */
  public ConformanceReport examine(Testee testee) {
    Testee guarded = guarded(testee);
    List<String> command = testee instanceof ProcessTestee process ? process.command() : List.of();
    Optional<Capabilities> capabilities = Capabilities.of(guarded);
    if (capabilities.isEmpty()) {
      Answer said = guarded.answer(Capabilities.OP, JsonNodeFactory.instance.objectNode());
      Capabilities unknown = new Capabilities("unknown", "unknown", Set.of(), Set.of());
      String trouble =
          "The implementation under test did not report its capabilities; it said " + said.toJson();
      return new ConformanceReport(
          unknown,
          command,
          List.of(),
          List.of(trouble),
          Examination.of(List.of(), unknown, List.of()));
    }
    return examine(guarded, capabilities.get(), command);
  }

  private ConformanceReport examine(
      Testee testee, Capabilities capabilities, List<String> command) {
    List<String> examined = Examination.profiles(profiles, capabilities);
    List<TestCase> cases = cases(examined);
    List<CaseResult> results = new ArrayList<>();
    for (TestCase test : cases) {
      results.add(judge(testee, capabilities, test));
      progress.advanced(results.size(), cases.size());
    }
    Examination examination =
        onlyCase.isEmpty()
            ? Examination.of(examined, capabilities, results)
            : Examination.ofCase(onlyCase);
    return new ConformanceReport(
        capabilities, command, results, troubles(cases, capabilities), examination);
  }

  /**
   * Examines a live vault in the profile {@code vault-messages} and leaves it open.
   *
   * @param options how the command line reaches it, for the lines that replay a case
   */
  public ConformanceReport examine(VaultDoor vault, List<String> options) {
    String profile = Profiles.VAULT_MESSAGES;
    Capabilities claims = new Capabilities("vault", "live", Set.of(profile), Profiles.ops(profile));
    List<TestCase> cases =
        Messages.all().stream()
            .filter(test -> onlyCase.isEmpty() || test.id().equals(onlyCase))
            .toList();
    List<CaseResult> results = new ArrayList<>();
    for (TestCase test : cases) {
      long start = System.nanoTime();
      Verdict verdict = Messages.judge(test, () -> vault);
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      results.add(CaseResult.of(test, verdict, known, millis));
      progress.advanced(results.size(), cases.size());
    }
    Examination examination =
        onlyCase.isEmpty()
            ? Examination.of(List.of(profile), claims, results)
            : Examination.ofCase(onlyCase);
    return new ConformanceReport(claims, options, results, troubles(cases, claims), examination);
  }

  /** One case; a schedule that fails is shrunk. */
  CaseResult judge(Testee testee, Capabilities capabilities, TestCase test) {
    long start = System.nanoTime();
    CaseRun run = new CaseRun(testee, capabilities.ops());
    Verdict verdict;
    TestCase shown = test;
    if (test.profiles().stream().noneMatch(capabilities.profiles()::contains)) {
      verdict = new Verdict.NotOffered(Set.of("profile " + String.join(" or ", test.profiles())));
    } else if (test.home().equals(Profiles.VAULT_MESSAGES)) {
      verdict = run.judgeMessages(test);
    } else {
      verdict = run.judge(test);
      if (Schedules.isSchedule(test.id()) && isWorthShrinking(verdict)) {
        shown = Schedules.shrunk(test, run);
        verdict = run.judge(shown);
      }
    }
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    return CaseResult.of(shown, verdict, known, millis);
  }

  // To hang again and again would take longer than anybody waits.
  private static boolean isWorthShrinking(Verdict verdict) {
    return verdict instanceof Verdict.Differs differs
        && !(differs.came() instanceof Answer.Broken broken && broken.fault() == Answer.Fault.HANG);
  }

  /** The cases that these settings choose for that testee. */
  List<TestCase> cases(Capabilities testee) {
    return cases(Examination.profiles(profiles, testee));
  }

  private List<TestCase> cases(List<String> examined) {
    if (Schedules.isSchedule(onlyCase)) {
      return Schedules.byId(onlyCase).stream().toList();
    }
    List<TestCase> fixed = fixed();
    if (!onlyCase.isEmpty()) {
      return fixed.stream().filter(test -> test.id().equals(onlyCase)).toList();
    }
    List<TestCase> cases =
        new ArrayList<>(
            fixed.stream()
                .filter(test -> test.profiles().stream().anyMatch(examined::contains))
                .toList());
    for (String kind : Schedules.KINDS) {
      for (int n = 0;
          n < seeding.schedules() && examined.stream().anyMatch(Schedules.profiles(kind)::contains);
          n++) {
        cases.add(Schedules.draw(kind, seeding.seed(), n));
      }
    }
    return List.copyOf(cases);
  }

  private static List<TestCase> fixed() {
    List<TestCase> fixed = new ArrayList<>(Vectors.bundled());
    fixed.addAll(Complements.all());
    fixed.addAll(Stories.all());
    fixed.addAll(Messages.all());
    return fixed;
  }

  /** Testees in this JVM get a guard; a child process has its own. */
  Testee guarded(Testee testee) {
    return testee instanceof ProcessTestee ? testee : new GuardedTestee(testee, timeout);
  }

  private List<String> troubles(List<TestCase> cases, Capabilities testee) {
    List<String> troubles = new ArrayList<>();
    if (cases.isEmpty() && !onlyCase.isEmpty()) {
      troubles.add("There is no case " + onlyCase + ".");
    }
    Set<String> claimed = new TreeSet<>(testee.profiles());
    claimed.removeAll(PROFILES);
    if (!claimed.isEmpty()) {
      troubles.add(
          "The implementation claims "
              + claimed.size()
              + " profiles that there are not; there are "
              + String.join(", ", PROFILES)
              + ".");
    }
    Set<String> unknown = new TreeSet<>(known.ids());
    fixed().forEach(test -> unknown.remove(test.id()));
    unknown.removeIf(Schedules::isSchedule);
    for (String id : unknown) {
      troubles.add("The list of known failures names " + id + ", and there is no such case.");
    }
    return troubles;
  }
}
