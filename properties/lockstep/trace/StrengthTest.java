package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lockstep.trace.StrengthReport.CitedStrength;
import lockstep.trace.StrengthReport.ClassScore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants what the strength report has to find: tests that run their code and check nothing. */
class StrengthTest {

  static final class Door {
    /** Open from 5 on. It throws nothing: it is test code, whose exceptions would be denials. */
    static boolean isOpen(int attempts) {
      return attempts >= 5;
    }
  }

  /** Run by the workers alone: neither engine looks into nested classes by itself. */
  static final class Checks {
    @Property(tries = 200)
    void fiveOpen(@ForAll byte attempts) {
      assertThat(Door.isOpen(attempts)).isEqualTo(attempts >= 5);
    }
  }

  static final class OnlyCalls {
    @Property(tries = 200)
    void fiveOpen(@ForAll byte attempts) {
      boolean ignored = Door.isOpen(attempts);
    }
  }

  private static final String CLAUSE = "LIM-1~1";
  private static final Path CLASSES = BuiltProject.build().resolve("classes");
  private static final Path TEST_CLASSES = BuiltProject.build().resolve("test-classes");

  @TempDir static Path scratch;

  private static Trials trials;

  private final Mutants mutants = new Mutants(Mutants.DEFAULTS, CLASSES, TEST_CLASSES);

  @BeforeAll
  static void start() throws IOException {
    Path agent = StrengthRun.agent();
    trials =
        new Trials(
            1,
            Duration.ofMinutes(5),
            () -> new MutantWorker(agent, BuiltProject.build(), scratch, BuiltProject.directory()));
  }

  @AfterAll
  static void stop() {
    trials.close();
  }

  private static Citation citation(CitationKind kind, Class<?> type, String member) {
    return new Citation(
        kind, CLAUSE, new CodePlace(type.getName(), member, "a.java", 1), false, Set.of(), "");
  }

  /** A build in which these test classes executed the door, and cite its clause. */
  private static CitedMutants executed(Class<?>... tests) {
    ExecutedCode door = new ExecutedCode(Map.of(Door.class.getName(), Set.of("isOpen")));
    TestOutcome outcome =
        new TestOutcome("fiveOpen", TestOutcome.Status.PASSED, 1, "", door, false);
    Map<String, TestRun> runs =
        Arrays.stream(tests)
            .map(t -> new TestRun(t.getName(), ExecutedCode.NOTHING, List.of(outcome)))
            .collect(Collectors.toMap(TestRun::testClass, r -> r));
    return new CitedMutants(runs, List.of(citation(CitationKind.IMPLEMENTS, Door.class, "isOpen")));
  }

  private StrengthTables tables(String... rows) throws IOException {
    Path file = scratch.resolve(StrengthTables.FILE);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(rows));
    Path source =
        scratch.resolve(CompiledCode.MAIN_SOURCES).resolve("lockstep/trace/StrengthTest.java");
    Files.createDirectories(source.getParent());
    Files.write(
        source,
        Files.readAllLines(
            BuiltProject.directory().resolve("properties/lockstep/trace/StrengthTest.java")));
    return StrengthTables.read(scratch);
  }

  private StrengthReport report(StrengthTables tables, Class<?>... tests) throws IOException {
    CitedMutants cited = executed(tests);
    List<CitedTest> citations =
        Arrays.stream(tests)
            .map(t -> citation(CitationKind.VERIFIES, t, "fiveOpen"))
            .map(c -> new CitedTest(c, List.of(), List.of()))
            .toList();
    List<CitedStrength> strengths =
        new CitationStrength(cited, List.of(mutants), tables, trials).of(citations);
    String door = Door.class.getName();
    List<ClassScore> scores =
        new ClassStrength(cited, mutants, trials).of(List.of(door), List.of(door), tables);
    return StrengthReport.of(List.of(), strengths, scores, tables.faults(true));
  }

  @Test
  void aTestThatChecksItsCodeIsStrong() throws IOException {
    StrengthReport report = report(tables(), Checks.class);
    assertThat(report.findings()).isEmpty();
    assertThat(report.citations().get(0).kills()).contains("Door.isOpen");
    assertThat(report.classes().get(0).killed()).isEqualTo(report.classes().get(0).mutants());
  }

  @Test
  void aTestThatOnlyCallsItsCodeIsNamedWithItsClause() throws IOException {
    StrengthReport report = report(tables(), Checks.class, OnlyCalls.class);
    assertThat(report.findings())
        .singleElement()
        .asString()
        .startsWith(CLAUSE + ": " + OnlyCalls.class.getName() + ".fiveOpen denies none of");
  }

  @Test
  void whatNothingNoticesIsNamedWithItsLineUnlessItIsListed() throws IOException {
    StrengthReport report = report(tables(), OnlyCalls.class);
    List<String> survivors = report.classes().get(0).survivors();
    assertThat(survivors).isNotEmpty().allMatch(s -> s.contains("Door.isOpen:"));
    StrengthTables listing =
        tables(
            "| EQV-1 | `"
                + Door.class.getName()
                + ".isOpen` | `return attempts >= 5;` |"
                + " changed conditional boundary | a row of this test |");
    assertThat(report(listing, OnlyCalls.class).classes().get(0).equivalent()).isEqualTo(1);
    assertThat(listing.faults(true)).isEmpty();
  }

  @Test
  void aRowThatNothingNeedsIsNamed() throws IOException {
    StrengthTables stale =
        tables(
            "| id | method | line | change | reason |",
            "|---|---|---|---|---|",
            "| EQV-1 | `"
                + Door.class.getName()
                + ".isOpen` | `return attempts >= 5;` |"
                + " changed conditional boundary | Checks notices it |",
            "| WKC-1 | `" + Checks.class.getName() + ".fiveOpen` | LIM-1~1 | it denies one |",
            "| EQV-2 | not a row |",
            "| OPN-1 | `lockstep.trace.StrengthTest` | decides nothing |");
    assertThat(report(stale, Checks.class).findings())
        .extracting(f -> f.substring(0, f.indexOf(": ")))
        .containsExactlyInAnyOrder(
            "spec/strength.md:3", "spec/strength.md:4", "spec/strength.md:5", "spec/strength.md:6");
  }
}
