package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which the gate fails, from one seeded fault, for that reason and no other. */
class GateFaultsTest {

  private static final Set<Finding.Kind> SHOWN = EnumSet.noneOf(Finding.Kind.class);

  private static final String DECIDING = "  @lockstep.spec.Decides(\"LIM-1~2\")\n";

  private static final String A_FOURTH =
      """

      LIM-1 wrong value: an attempt counts four times
      harms The owner has a quarter of the attempts.
      in SampleLimiter
      - before + 1
      + before + 4
      """;

  @TempDir Path directory;
  private SmallProject project;

  @BeforeEach
  void start() throws IOException {
    project = new SmallProject(directory);
  }

  @AfterAll
  static void everyKindOfFindingHasItsFault() {
    Set<Finding.Kind> ofCompiledCode = EnumSet.allOf(Finding.Kind.class);
    ofCompiledCode.removeAll(RunFaultsTest.KINDS);
    ofCompiledCode.removeAll(CitationFaultsTest.KINDS);
    assertThat(SHOWN).isEqualTo(ofCompiledCode);
  }

  private void fails(Finding.Kind kind, String file, String lineWith) throws IOException {
    project.fails(kind, file, lineWith);
    SHOWN.add(kind);
  }

  @Test
  void aPrefixDecidedInTwoFoldersLeadsNowhere() throws IOException {
    GateReport one = project.decidedByItsClass().compile().gate();
    assertThat(PrefixFolders.of(one.spec(), one.code())).isEqualTo(new PrefixFolders(1, 1));
    project.write(
        "src/main/java/lockstep/secret/Elsewhere.java",
        "package lockstep.secret;\n" + DECIDING + "public class Elsewhere {}\n");
    GateReport two = project.compile().gate();
    assertThat(PrefixFolders.of(two.spec(), two.code())).isEqualTo(new PrefixFolders(1, 0));
  }

  @Test
  void theIntactProjectPasses() throws IOException {
    GateReport report = project.compile().gate();
    assertThat(report.findings()).isEmpty();
    assertThat(report.summary())
        .isEqualTo(
            "3 clauses: 1 active, 1 planned, 1 withdrawn; 1 assumptions;"
                + " 2 citations: 1 implement, 1 verify; 0 findings");
  }

  @ParameterizedTest
  @CsvSource({
    "LIM-9~1, UNKNOWN_CLAUSE",
    "LIM-3~1, WITHDRAWN_CLAUSE",
    "LIM-2~1, PLANNED_CLAUSE",
    "LIM-1~1, OUTDATED_REVISION",
    "LIM-1~3, OUTDATED_REVISION",
    "LIM-1, OUTDATED_REVISION",
    "LIM-1~2 , MALFORMED_CITATION",
    "lim-1~2, MALFORMED_CITATION"
  })
  void aCitationThatDoesNotHold(String citation, Finding.Kind kind) throws IOException {
    String text = kind == Finding.Kind.MALFORMED_CITATION ? citation + " " : citation;
    project.replace(
        SmallProject.MAIN, "  public int", "  @Implements(\"" + text + "\")\n  public int");
    project.compile();
    fails(kind, SmallProject.MAIN, text);
  }

  @Test
  void aClauseWithoutItsCode() throws IOException {
    project.replace(
        SmallProject.MAIN, "@Implements(\"LIM-1~2\")", "@NonNormative(\"no clause yet\")");
    project.compile();
    fails(Finding.Kind.MISSING_EVIDENCE, SmallProject.SPEC, "### LIM-1");
  }

  @Test
  void severalPlacesOfWhichNoneDecides() throws IOException {
    project.replace(SmallProject.MAIN, "  public int", "  @Implements(\"LIM-1~2\")\n  public int");
    project.compile();
    fails(Finding.Kind.UNDECIDED_CLAUSE, SmallProject.SPEC, "### LIM-1");
  }

  @Test
  void twoPlacesThatDecide() throws IOException {
    project.replace(SmallProject.MAIN, "@Implements(", "@lockstep.spec.Decides(");
    project.replace(SmallProject.MAIN, "  public int", DECIDING + "  public int").compile();
    fails(Finding.Kind.UNDECIDED_CLAUSE, SmallProject.SPEC, "### LIM-1");
  }

  @Test
  void oneOfSeveralPlacesDecides() throws IOException {
    project.replace(SmallProject.MAIN, "  public int", DECIDING + "  public int");
    assertThat(project.compile().gate().findings()).isEmpty();
  }

  /** The first revision needs no number, so a clause that is at its second is not meant. */
  @Test
  void aCitationWithoutARevisionIsOfTheFirst() throws IOException {
    project.replace(SmallProject.SPEC, "Revision: ~2", "Revision: ~1").lock();
    project.replace(SmallProject.MAIN, "LIM-1~2", "LIM-1");
    project.replace(SmallProject.TEST, "LIM-1~2", "LIM-1");
    assertThat(project.compile().gate().findings()).isEmpty();
  }

  @Test
  void aCitationInACommentIsNone() throws IOException {
    project.replace(SmallProject.TEST, "  @Verifies(\"LIM-1~2\")", "  // @Verifies(\"LIM-1~2\")");
    project.compile();
    fails(Finding.Kind.MISSING_EVIDENCE, SmallProject.SPEC, "### LIM-1");
  }

  @Test
  void aTestOfAnotherKindIsNoProperty() throws IOException {
    project.replace(SmallProject.TEST, "  @Property\n", "  @net.jqwik.api.Example\n").compile();
    fails(Finding.Kind.MISSING_EVIDENCE, SmallProject.SPEC, "### LIM-1");
  }

  /** A name says nothing: this class is called *Properties, and its one citation stands on both. */
  @Test
  void aClassWithAnExampleBesideItsPropertyGivesNoProperty() throws IOException {
    project.replace(SmallProject.TEST, "  @Verifies(\"LIM-1~2\")\n", "");
    project.replace(SmallProject.TEST, "class Sample", "@Verifies(\"LIM-1~2\")\nclass Sample");
    project.replace(
        SmallProject.TEST, "  boolean neverRun", "  @net.jqwik.api.Example boolean another");
    project.compile();
    fails(Finding.Kind.MISSING_EVIDENCE, SmallProject.SPEC, "### LIM-1");
  }

  @ParameterizedTest
  @CsvSource({
    "'  @Property', '  @lockstep.evidence.Exhaustive(\"number\") @Property'",
    "'  @Property', '  @lockstep.evidence.Exhaustive(\" \") @Property(generation ="
        + " net.jqwik.api.GenerationMode.EXHAUSTIVE)'",
    "'  boolean neverRun', '  @lockstep.evidence.Attack boolean neverRun'",
    "'  @Property', '  @lockstep.evidence.Exhaustive(\"\") @net.jqwik.api.Example'",
    "'  @Property', '  @Property(tries = 1)'"
  })
  void aTestThatClaimsAKindThatItIsNot(String old, String now) throws IOException {
    // The clause demands nothing here that the false claim would take from it.
    project.replace(SmallProject.SPEC, "impl, property", "impl").lock();
    project.replace(SmallProject.TEST, old, now).compile();
    fails(Finding.Kind.FALSE_KIND, SmallProject.TEST, "boolean");
  }

  @ParameterizedTest
  @CsvSource({"Fuzz", "AttackTest", "VectorsTest", "ModelTest", "ProofTest", "Rules"})
  void aClassNamedForAKindThatItDoesNotHold(String suffix) throws IOException {
    String name = "SampleLimiter" + suffix;
    String moved = SmallProject.TEST.replace("SampleLimiterProperties", name);
    project.replace(SmallProject.TEST, "class SampleLimiterProperties", "class " + name);
    Files.move(directory.resolve(SmallProject.TEST), directory.resolve(moved));
    project.compile();
    fails(Finding.Kind.FALSE_KIND, moved, "class " + name);
  }

  @Test
  void aPublicCoreMethodWithoutClause() throws IOException {
    project.replace(SmallProject.MAIN, "@Implements(\"LIM-1~2\")\n", "");
    project.replace(
        SmallProject.MAIN,
        "  public int",
        "  @Implements(\"LIM-1~2\")\n  public int no() {\n    return 0;\n  }\n\n  public int");
    project.compile();
    fails(Finding.Kind.CODE_WITHOUT_CLAUSE, SmallProject.MAIN, "charge(");
  }

  @ParameterizedTest
  @CsvSource({
    "MAIN, '  public int', '@NonNormative(\" \") '",
    "TEST, '  boolean neverRun', '@Verifies(\"LIM-1~2\") '",
    "TEST, '  boolean neverRun', '@Implements(\"LIM-1~2\") '",
    "MAIN, '  public int', '@lockstep.spec.Verifies(\"LIM-1~2\") '",
    "MAIN, '  public int', '@Implements({}) '"
  })
  void anAnnotationWhereItSaysNothing(String which, String before, String annotation)
      throws IOException {
    String file = which.equals("MAIN") ? SmallProject.MAIN : SmallProject.TEST;
    project.replace(file, before, "  " + annotation + before.strip()).compile();
    fails(Finding.Kind.MISPLACED_CITATION, file, annotation.strip());
  }

  @Test
  void aClassThatCannotBeLoaded() throws IOException {
    project.write(
        "src/main/java/lockstep/vault/sample/Base.java",
        "package lockstep.vault.sample; class Base {}");
    project.write(
        "src/main/java/lockstep/vault/sample/Derived.java",
        "package lockstep.vault.sample; class Derived extends Base {}");
    project.compile();
    Files.delete(directory.resolve("target/classes/lockstep/vault/sample/Base.class"));
    fails(Finding.Kind.UNREADABLE_CLASS, "lockstep.vault.sample.Derived", "");
  }

  @ParameterizedTest
  @CsvSource({
    "'value: an attempt counts twice', 'values: an attempt counts twice'",
    "'harms The owner has half of the attempts.', 'harms'",
    "'+ before + 2', '+ before + 1'"
  })
  void aFaultThatIsNotInForm(String old, String now) throws IOException {
    project.write(SmallProject.FAULTS, project.text(SmallProject.FAULTS) + A_FOURTH);
    project.replace(SmallProject.FAULTS, old, now).compile();
    fails(Finding.Kind.MALFORMED_FAULT, SmallProject.FAULTS, "an attempt counts twice");
  }

  @ParameterizedTest
  @CsvSource({
    "'LIM-1 wrong value: an attempt counts four times', 'LIM-3 wrong value: four'",
    "'LIM-1 wrong value: an attempt counts four times', 'LIM-9 wrong value: four'",
    "'counts four times', 'counts twice'",
    "'in SampleLimiter\n- before + 1\n+ before + 4', 'in NoLimiter\n- before + 1\n+ before + 4'",
    "'- before + 1\n+ before + 4', '- before + 3\n+ before + 4'",
    "'- before + 1\n+ before + 4', '- before\n+ after'"
  })
  void aFaultThatCannotBePlanted(String old, String now) throws IOException {
    project.write(SmallProject.FAULTS, project.text(SmallProject.FAULTS) + A_FOURTH);
    String line = now.startsWith("LIM") ? now : now.startsWith("counts") ? now : "four times";
    project.replace(SmallProject.FAULTS, old, now).compile();
    fails(Finding.Kind.MALFORMED_FAULT, SmallProject.FAULTS, line);
  }

  @Test
  void aClauseOfHighRiskWithTwoFaults() throws IOException {
    String three = project.text(SmallProject.FAULTS);
    project.write(
        SmallProject.FAULTS, three.substring(0, three.indexOf("LIM-1 dropped too early")));
    project.compile();
    fails(Finding.Kind.UNPLANTED_CLAUSE, SmallProject.SPEC, "### LIM-1");
  }

  @Test
  void aClauseOfHighRiskWhoseFaultsAreAlike() throws IOException {
    project.replace(SmallProject.FAULTS, "check left out:", "wrong value:");
    project.replace(SmallProject.FAULTS, "dropped too early:", "wrong value:").compile();
    fails(Finding.Kind.UNPLANTED_CLAUSE, SmallProject.SPEC, "### LIM-1");
  }

  @Test
  void aRewordedClause() throws IOException {
    project.replace(SmallProject.SPEC, "The fifth charge", "The sixth charge").compile();
    fails(Finding.Kind.REWORDED_WITHOUT_REVISION, SmallProject.SPEC, "### LIM-1");
  }

  @Test
  void aRewordedBadInput() throws IOException {
    project.replace(SmallProject.SPEC, "a sixth is refused", "a sixth is granted").compile();
    fails(Finding.Kind.REWORDED_WITHOUT_REVISION, SmallProject.SPEC, "### LIM-1");
  }

  @Test
  void aRewrappedClauseAndANewRationaleAreNoRewording() throws IOException {
    project.replace(
        SmallProject.SPEC, "The fifth charge MUST lock\nat", "The fifth\ncharge MUST lock at");
    project.replace(SmallProject.SPEC, "Rationale: see", "Rationale: look at").compile();
    assertThat(project.gate().findings()).isEmpty();
  }

  @Test
  void aCountThatDiffersFromTheLock() throws IOException {
    project.replace(ClauseLock.FILE, "clauses 3", "clauses 4").compile();
    fails(Finding.Kind.LOCK_DIFFERS, ClauseLock.FILE, "clauses 4");
  }

  @Test
  void aPlannedClauseThatChanged() throws IOException {
    project.replace(SmallProject.SPEC, "A policy", "Some policy").compile();
    fails(Finding.Kind.LOCK_DIFFERS, SmallProject.SPEC, "### LIM-2");
  }

  @Test
  void aLockLineThatIsNotInForm() throws IOException {
    project.replace(ClauseLock.FILE, "clauses 3\n", "clauses 3\nLIM-8 active\n").compile();
    fails(Finding.Kind.MALFORMED_LOCK, ClauseLock.FILE, "LIM-8");
  }

  @Test
  void twoClausesWithOneId() throws IOException {
    project.replace(SmallProject.SPEC, "### LIM-2 A larger", "### LIM-3 A larger").lock();
    project.compile();
    fails(Finding.Kind.DUPLICATE_ID, SmallProject.SPEC, "### LIM-3 A refund");
  }

  @ParameterizedTest
  @CsvSource({
    "Some prose about, Some prose MUST about",
    "Some prose about, Some prose is REQUIRED about",
    "More prose., More prose SHOULD come.",
    "# Limits, # Limits that MUST hold"
  })
  void aKeyWordOutsideAClause(String old, String now) throws IOException {
    project.replace(SmallProject.SPEC, old, now).compile();
    fails(Finding.Kind.KEYWORD_OUTSIDE_CLAUSE, SmallProject.SPEC, now);
  }

  @Test
  void proseThatNamesNoClause() throws IOException {
    project.replace(SmallProject.SPEC, "about LIM-1 and", "about LIM-7 and").compile();
    fails(Finding.Kind.UNKNOWN_REFERENCE, SmallProject.SPEC, "LIM-7");
  }

  @Test
  void aKeyWordInAnAssumption() throws IOException {
    project.replace(Assumption.FILE, "clock is set", "clock MUST be set").compile();
    fails(Finding.Kind.KEYWORD_OUTSIDE_CLAUSE, Assumption.FILE, "MUST");
  }

  @Test
  void anAssumptionThatStandsTwice() throws IOException {
    String row = "| ASM-1 | The machine's clock is set by its owner. |\n";
    project.replace(Assumption.FILE, row, row + "| ASM-1 | Another. |\n").compile();
    fails(Finding.Kind.DUPLICATE_ID, Assumption.FILE, "Another");
  }

  @Test
  void aRowThatIsNoAssumption() throws IOException {
    project.replace(Assumption.FILE, "|---|---|\n", "|---|---|\n| ASM2 | Another. |\n").compile();
    fails(Finding.Kind.MALFORMED_CLAUSE, Assumption.FILE, "Another");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A policy MAY allow more. | A policy MAY allow more and MUST say so.",
        "A policy MAY allow more. | A policy allows more.",
        "A policy MAY allow more. | A policy SHALL and MAY allow more.",
        "Given up. | This MUST NOT return.",
        "Rationale: see | Rationale: it MUST see",
        "Bad input: a sixth | Bad input: a sixth MAY come and",
        "### LIM-2 A larger budget | ### A larger budget",
        "### LIM-2 A larger budget | ### LIM-02 A larger budget",
        "### LIM-2 A larger budget | ### LIM-2",
        "### LIM-2 A larger budget | ### ASM-2 A larger budget",
        "### LIM-2 A larger budget | #### LIM-2 A larger budget",
        "### LIM-2 A larger budget | ### LIM-2 A budget that MAY grow"
      })
  void aMalformedClause(String old, String now) throws IOException {
    isMalformed(old, now);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "planned · Binds: vault · Evidence: impl | planned · Binds: vault · Evidence: hope",
        "planned · Binds: vault · Evidence: impl | planned · Binds: vault · Evidence: impl, impl",
        "planned · Binds: vault · Evidence: impl | planned · Binds: vault · Evidence: none",
        "planned · Binds | foreseen · Binds",
        "planned · Binds: vault · Evidence: impl | planned",
        "planned · Binds: vault · Evidence | planned · Evidence",
        "planned · Binds: vault | planned · Binds: nobody",
        "planned · Binds: vault | planned · Binds: vault, vault",
        "withdrawn · Evidence | withdrawn · Binds: vault · Evidence",
        "withdrawn · Evidence: none | withdrawn · Evidence: impl"
      })
  void aMalformedRevisionLine(String old, String now) throws IOException {
    isMalformed(old, now);
  }

  private void isMalformed(String old, String now) throws IOException {
    project.replace(SmallProject.SPEC, old, now);
    project.lock().compile();
    Set<Finding.Kind> kinds = EnumSet.noneOf(Finding.Kind.class);
    project.gate().findings().forEach(f -> kinds.add(f.kind()));
    assertThat(kinds).contains(Finding.Kind.MALFORMED_CLAUSE);
    // What cannot be read as a clause is prose, and prose holds neither key words nor its id.
    assertThat(kinds)
        .isSubsetOf(
            Finding.Kind.MALFORMED_CLAUSE,
            Finding.Kind.KEYWORD_OUTSIDE_CLAUSE,
            Finding.Kind.UNKNOWN_REFERENCE);
    SHOWN.add(Finding.Kind.MALFORMED_CLAUSE);
  }
}
