package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which the gate fails after the tests, for that reason and no other. */
class RunFaultsTest {

  /** What only a finished build can show. */
  static final Set<Finding.Kind> KINDS = EnumSet.noneOf(Finding.Kind.class);

  static {
    for (Finding.Kind kind : Finding.Kind.values()) {
      if (Set.of(Finding.Group.RUN, Finding.Group.WAIVER).contains(kind.group())) {
        KINDS.add(kind);
      }
    }
  }

  private static final Set<Finding.Kind> SHOWN = EnumSet.noneOf(Finding.Kind.class);
  private static final String LIMITER = "lockstep.vault.sample.SampleLimiter";
  private static final ExecutedCode CHARGED = new ExecutedCode(Map.of(LIMITER, Set.of("charge")));
  private static final TestOutcome PASSED = outcome(TestOutcome.Status.PASSED, 100, CHARGED);

  @TempDir Path directory;
  private SmallProject project;

  @BeforeEach
  void start() throws IOException {
    project = new SmallProject(directory);
  }

  @AfterAll
  static void everyKindOfFindingHasItsFault() {
    assertThat(SHOWN).isEqualTo(KINDS);
  }

  private static TestOutcome outcome(TestOutcome.Status status, int cases, ExecutedCode executed) {
    return new TestOutcome("fiveFailuresLock", status, cases, "42", executed, false);
  }

  private static TestRun run(TestOutcome test) {
    return new TestRun(
        "lockstep.vault.sample.SampleLimiterProperties", ExecutedCode.NOTHING, List.of(test));
  }

  private void fails(Finding.Kind kind, String file, String lineWith, TestRun... runs)
      throws IOException {
    TracedBuild build = project.compile().traced(runs);
    assertThat(build.findings()).as(build.summary()).hasSize(1);
    Finding finding = build.findings().get(0);
    assertThat(finding.kind()).as(finding.toString()).isEqualTo(kind);
    assertThat(finding.file()).isEqualTo(file);
    assertThat(Files.readAllLines(directory.resolve(file)).get(finding.line() - 1))
        .contains(lineWith);
    SHOWN.add(kind);
  }

  private void failsForTheTest(Finding.Kind kind, TestRun... runs) throws IOException {
    fails(kind, SmallProject.TEST, "@Verifies(\"LIM-1~2\")", runs);
  }

  private void commit(String day) throws IOException, InterruptedException {
    git(day, "init", "-q");
    git(day, "-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "Start", "--allow-empty");
  }

  private void git(String day, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder git = new ProcessBuilder("git", "-C", directory.toString());
    git.command().addAll(List.of(arguments));
    git.environment().put("GIT_COMMITTER_DATE", day + "T12:00:00Z");
    assertThat(git.inheritIO().start().waitFor()).isZero();
  }

  private void waive(String... rows) throws IOException {
    project.write(
        Waivers.FILE, "| id | waives | clause | reason | expires |\n" + String.join("\n", rows));
  }

  @Test
  void theIntactBuildPasses() throws IOException {
    TracedBuild build = project.compile().traced(run(PASSED));
    assertThat(build.findings()).isEmpty();
    assertThat(build.summary()).contains("1 implement, 1 verify; 1 witnessed, 0 by construction;");
  }

  @Test
  void aTestThatDidNotRun() throws IOException {
    failsForTheTest(Finding.Kind.TEST_NOT_RUN);
  }

  @Test
  void aTestThatWasRenamedSinceItRan() throws IOException {
    TestOutcome other =
        new TestOutcome("fourFailuresLock", TestOutcome.Status.PASSED, 100, "", CHARGED, false);
    failsForTheTest(Finding.Kind.TEST_NOT_RUN, run(other));
  }

  @Test
  void aDisabledTest() throws IOException {
    failsForTheTest(
        Finding.Kind.TEST_DISABLED,
        run(outcome(TestOutcome.Status.DISABLED, 0, ExecutedCode.NOTHING)));
  }

  /** The control of {@link #aDisabledTest}: it may lack a program, and nothing else. */
  @Test
  void aTestThatLacksAProgramIsCountedAndIsNoFinding() throws IOException {
    TracedBuild build =
        project
            .compile()
            .traced(run(outcome(TestOutcome.Status.LACKS_TOOL, 0, ExecutedCode.NOTHING)));
    assertThat(build.findings()).isEmpty();
    assertThat(build.summary()).contains(" 1 citations not run here, for want of a program;");
    assertThat(project.traced(run(PASSED)).summary()).doesNotContain("not run here");
  }

  @Test
  void aFailedTest() throws IOException {
    failsForTheTest(
        Finding.Kind.TEST_FAILED, run(outcome(TestOutcome.Status.FAILED, 100, CHARGED)));
  }

  @Test
  void aTestWithoutCases() throws IOException {
    failsForTheTest(
        Finding.Kind.TEST_WITHOUT_CASES, run(outcome(TestOutcome.Status.PASSED, 0, CHARGED)));
  }

  @Test
  void aPropertyThatTriedOneCase() throws IOException {
    failsForTheTest(
        Finding.Kind.KIND_NOT_SHOWN, run(outcome(TestOutcome.Status.PASSED, 1, CHARGED)));
  }

  @Test
  void anExhaustiveTestThatCountedNoPoints() throws IOException {
    project.replace(
        SmallProject.TEST,
        "  @Property\n",
        "  @net.jqwik.api.Example\n  @lockstep.evidence.Exhaustive(\"number of failures\")\n");
    project.replace(SmallProject.SPEC, "impl, property", "impl, exhaustive").lock();
    failsForTheTest(
        Finding.Kind.KIND_NOT_SHOWN, run(outcome(TestOutcome.Status.PASSED, 1, CHARGED)));
    assertThat(project.traced(run(PASSED)).findings()).isEmpty();
  }

  @Test
  void aTestThatAssertsTrueWithoutCallingTheCode() throws IOException {
    failsForTheTest(
        Finding.Kind.MISSING_WITNESS,
        run(outcome(TestOutcome.Status.PASSED, 100, ExecutedCode.NOTHING)));
  }

  @Test
  void aTestThatAssertsTrueAfterASetUpThatCallsTheCode() throws IOException {
    TestOutcome.Status passed = TestOutcome.Status.PASSED;
    failsForTheTest(
        Finding.Kind.HOLLOW_TEST,
        run(new TestOutcome("fiveFailuresLock", passed, 100, "42", CHARGED, true)));
  }

  @Test
  void oneOfAClassesTestsThatAssertsTrue() throws IOException {
    String cited = "  @Verifies(\"LIM-1~2\")\n";
    project.replace(SmallProject.TEST, cited, "");
    project.replace(SmallProject.TEST, "class Sample", "@Verifies(\"LIM-1~2\")\nclass Sample");
    TestOutcome hollow =
        new TestOutcome(
            "fourDoNot", TestOutcome.Status.PASSED, 100, "42", ExecutedCode.NOTHING, true);
    TestRun both =
        new TestRun(run(PASSED).testClass(), ExecutedCode.NOTHING, List.of(PASSED, hollow));
    failsForTheTest(Finding.Kind.HOLLOW_TEST, both);
  }

  @Test
  void aTestThatCallsOtherCodeOnly() throws IOException {
    ExecutedCode other = new ExecutedCode(Map.of(LIMITER + "s", Set.of("charge")));
    failsForTheTest(
        Finding.Kind.MISSING_WITNESS, run(outcome(TestOutcome.Status.PASSED, 100, other)));
  }

  @Test
  void aMethodsCitationIsNotWitnessedByItsNeighbour() throws IOException {
    project.replace(SmallProject.MAIN, "@Implements(\"LIM-1~2\")\n", "");
    project.replace(
        SmallProject.MAIN,
        "  public int charge",
        "  @Implements(\"LIM-1~2\")\n  int no() {\n    return 0;\n  }\n\n"
            + "  @NonNormative(\"the neighbour\")\n  public int charge");
    failsForTheTest(Finding.Kind.MISSING_WITNESS, run(PASSED));
  }

  @Test
  void codeThatNoTestOfItsClauseExecuted() throws IOException {
    project.decidedByItsClass();
    project.replace(
        SmallProject.MAIN,
        "  public int charge",
        "  @Implements(\"LIM-1~2\")\n  public int refund(int before) {\n    return before - 1;\n"
            + "  }\n\n  public int charge");
    fails(Finding.Kind.UNWITNESSED_CODE, SmallProject.MAIN, "  @Implements", run(PASSED));
    String rule =
        "  @lockstep.spec.ByConstruction(\"a rule\")\n  @Verifies(\"LIM-1~2\")\n  @Property\n";
    project.replace(SmallProject.TEST, "  boolean neverRun", rule + "  boolean aRule");
    TestOutcome ruled =
        new TestOutcome("aRule", TestOutcome.Status.PASSED, 100, "", ExecutedCode.NOTHING, false);
    TestRun withRule =
        new TestRun(run(PASSED).testClass(), ExecutedCode.NOTHING, List.of(ruled, PASSED));
    fails(Finding.Kind.UNWITNESSED_CODE, SmallProject.MAIN, "  @Implements", withRule);
    project.replace(SmallProject.TEST, rule + "  boolean aRule", "  boolean neverRun");
    ExecutedCode both = new ExecutedCode(Map.of(LIMITER, Set.of("charge", "refund")));
    TestRun all = run(outcome(TestOutcome.Status.PASSED, 100, both));
    assertThat(project.compile().traced(all).findings()).isEmpty();
  }

  @Test
  void whatTheSetUpExecutedIsAWitness() throws IOException {
    TestOutcome test = outcome(TestOutcome.Status.PASSED, 100, ExecutedCode.NOTHING);
    TestRun run = new TestRun(run(test).testClass(), CHARGED, List.of(test));
    assertThat(project.compile().traced(run).findings()).isEmpty();
  }

  @Test
  void aCitationByConstructionNeedsAReasonAndNoWitness() throws IOException {
    TestRun run = run(outcome(TestOutcome.Status.PASSED, 100, ExecutedCode.NOTHING));
    String verifies = "  @Verifies(\"LIM-1~2\")";
    project.replace(
        SmallProject.TEST,
        verifies,
        "  @lockstep.spec.ByConstruction(\"types leave no other way\")\n" + verifies);
    TracedBuild build = project.compile().traced(run);
    assertThat(build.findings()).isEmpty();
    assertThat(build.byConstruction()).isEqualTo(1);
    project.replace(SmallProject.TEST, "types leave no other way", " ");
    List<Finding> findings = project.compile().traced(run).findings();
    assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.MISPLACED_CITATION);
  }

  @ParameterizedTest
  @CsvSource({"2026-03-01, 2026-03-01, true", "2026-03-02, 2026-03-01, false"})
  void aWaiverHoldsUntilItsLastDay(String commit, String expires, boolean holds) throws Exception {
    waive("| WVR-1 | test-not-run | LIM-1~2 | the store is not built yet | " + expires + " |");
    commit(commit);
    if (holds) {
      assertThat(project.compile().traced().findings()).isEmpty();
    } else {
      fails(Finding.Kind.EXPIRED_WAIVER, Waivers.FILE, "WVR-1");
    }
  }

  @Test
  void aWaiverWithoutACommit() throws IOException {
    waive("| WVR-1 | test-not-run | LIM-1~2 | the store is not built yet | 2999-12-31 |");
    fails(Finding.Kind.EXPIRED_WAIVER, Waivers.FILE, "WVR-1");
  }

  @Test
  void aWaiverThatCoversNothing() throws Exception {
    waive("| WVR-1 | missing-witness | LIM-1~2 | a witness is there | 2999-12-31 |");
    commit("2026-03-01");
    fails(Finding.Kind.UNUSED_WAIVER, Waivers.FILE, "WVR-1", run(PASSED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| WVR-1 | test-failed | LIM-1~2 | a fault is not waived | 2999-12-31 |",
        "| WVR-1 | unknown-clause | LIM-1~2 | nor is this one | 2999-12-31 |",
        "| WVR-1 | test-not-run | LIM-1 | no revision | 2999-12-31 |",
        "| WVR-1 | test-not-run | LIM-1~2 |  | 2999-12-31 |",
        "| WVR-1 | test-not-run | LIM-1~2 | no such day | 2026-02-30 |",
        "| WVR-1 | test-not-run | LIM-1~2 | no day |"
      })
  void aRowThatIsNoWaiver(String row) throws IOException {
    waive(row);
    fails(Finding.Kind.MALFORMED_WAIVER, Waivers.FILE, "WVR-1", run(PASSED));
  }
}
