package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import lockstep.evidence.Rule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The gate over this very build: every clause traces to code and tests, and back. */
@Rule
class TraceRules {

  private static GateReport report;

  @BeforeAll
  static void check() {
    report = BuiltProject.gate();
    System.out.println("trace: " + report.summary());
  }

  @Test
  void theSpecIsInFormAndLocked() {
    assertThat(report.of(Finding.Group.SPEC)).isEmpty();
    assertThat(report.spec().clauses()).isNotEmpty();
  }

  @Test
  void everyCitationHolds() {
    assertThat(report.of(Finding.Group.CITATION)).isEmpty();
  }

  @Test
  void everyActiveClauseHasItsEvidence() {
    assertThat(report.of(Finding.Group.EVIDENCE)).isEmpty();
  }

  @Test
  void everyPublicCoreMethodHasAClause() {
    assertThat(report.of(Finding.Group.PUBLIC_CODE)).isEmpty();
  }

  @Test
  void everyClauseThatCodeDecidesHasItsPlantedFaults() {
    System.out.println("trace: " + report.faults().summary());
    assertThat(report.of(Finding.Group.FAULT)).isEmpty();
  }

  @Test
  void aPrefixLeadsToOneFolder() {
    PrefixFolders folders = PrefixFolders.of(report.spec(), report.code());
    System.out.println("trace: " + folders.summary());
    assertThat(folders.percent()).isGreaterThanOrEqualTo(80);
  }
}
