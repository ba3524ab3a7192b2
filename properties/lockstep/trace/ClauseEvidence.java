package lockstep.trace;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that speaks for one clause.
 *
 * @param code places that cite it, the one that decides it first
 * @param tests the tests that cite it
 * @param files models and vectors that those tests read, relative to the project
 * @param bound how far its models were checked; empty where none was
 * @param threats the claims that it helps to make true
 * @param assumptions ids that it, or one of those claims, rests on
 * @param history its revisions, oldest first
 * @param faults planted to break it, and what its tests made of them
 * @param findings what the gate says of it
 */
record ClauseEvidence(
    Clause clause,
    List<CodePlace> code,
    List<CitedTest> tests,
    List<String> files,
    String bound,
    List<Threat> threats,
    Set<String> assumptions,
    List<GitHistory.Revision> history,
    List<FaultReport.Result> faults,
    List<Finding> findings) {

  static ClauseEvidence of(Clause clause, TracedBuild build, Dossier.Inputs inputs) {
    List<CodePlace> code =
        build.gate().code().citations().stream()
            .filter(c -> c.kind() == CitationKind.IMPLEMENTS)
            .filter(c -> c.text().equals(clause.citation()))
            .sorted(Comparator.comparing((Citation c) -> !c.decides()))
            .map(Citation::place)
            .distinct()
            .toList();
    List<CitedTest> tests =
        build.runs().tests().stream()
            .filter(t -> t.citation().text().equals(clause.citation()))
            .toList();
    List<Threat> threats = inputs.threats().answeredBy(clause);
    Set<String> assumptions = new TreeSet<>();
    ThreatModel.ids(clause.normativeText() + clause.rationale() + clause.badInput()).stream()
        .filter(id -> id.startsWith(Assumption.SERIES))
        .forEach(assumptions::add);
    threats.forEach(t -> assumptions.addAll(t.assumptions()));
    return new ClauseEvidence(
        clause,
        code,
        tests,
        inputs.filesOf(tests),
        bound(tests, inputs),
        threats,
        assumptions,
        inputs.revisions().getOrDefault(clause.id(), List.of()),
        build.faultsOf(clause),
        build.findings().stream().filter(f -> f.clause().equals(clause.citation())).toList());
  }

  /** The domains of the first model, without the number of states that one step needs. */
  private static String bound(List<CitedTest> tests, Dossier.Inputs inputs) {
    List<CitedTest> models =
        tests.stream().filter(t -> EvidenceKind.MODEL.isShownBy(t.citation())).toList();
    return inputs.filesOf(models).stream()
        .flatMap(f -> inputs.boundsOf(f).stream())
        .map(b -> b.replaceAll(", exactly .*", ""))
        .findFirst()
        .orElse("");
  }

  /** The strongest way in which this clause is known to hold. */
  EvidenceGrade grade() {
    EvidenceGrade best = EvidenceGrade.NONE;
    for (CitedTest test : tests) {
      EvidenceGrade grade = holds(test) ? EvidenceGrade.of(test) : EvidenceGrade.NONE;
      best = grade.compareTo(best) < 0 ? grade : best;
    }
    if (best == EvidenceGrade.NONE && tests.isEmpty() && constructed()) {
      return EvidenceGrade.BY_CONSTRUCTION;
    }
    return best == EvidenceGrade.NONE
            && tests.isEmpty()
            && !assumptions.isEmpty()
            && !code.isEmpty()
        ? EvidenceGrade.ASSUMED
        : best;
  }

  private boolean constructed() {
    return !code.isEmpty() && clause.demanded().contains(EvidenceKind.CONSTRUCTION);
  }

  /** The grade in words, with how much was tried, and whether a planted fault was noticed. */
  String gradeText() {
    return gradeWords() + faultWords();
  }

  private String faultWords() {
    if (code.isEmpty() || count(FaultReport.Fate.KILLED) > 0) {
      return "";
    }
    return faults.isEmpty()
        ? "; no fault planted"
        : count(FaultReport.Fate.NOT_RUN) == faults.size() ? "" : "; no planted fault noticed";
  }

  private long count(FaultReport.Fate fate) {
    return faults.stream().filter(f -> f.fate() == fate).count();
  }

  private String gradeWords() {
    return switch (grade()) {
      case PROPERTY_TESTED -> "property-tested (" + cases(EvidenceKind.PROPERTY) + " tries)";
      case EXHAUSTIVE -> "tested exhaustively (" + cases(EvidenceKind.EXHAUSTIVE) + " points)";
      case VECTOR_TESTED -> "vector-tested (" + cases(EvidenceKind.VECTOR) + " cases)";
      case PROVED -> "proved for every input of the contract";
      case MODEL_CHECKED -> bound.isEmpty() ? grade().words() : grade().words() + " " + bound;
      default -> grade().words();
    };
  }

  /** How many cases of the tests of this kind passed. */
  long cases(EvidenceKind kind) {
    return tests.stream()
        .filter(t -> kind.isShownBy(t.citation()))
        .mapToLong(CitedTest::cases)
        .sum();
  }

  /** Whether a test of this kind passed in this build and, where it needs to, ran the code. */
  boolean isShown(EvidenceKind kind) {
    return tests.stream().anyMatch(t -> kind.isShownBy(t.citation()) && holds(t));
  }

  private static boolean holds(CitedTest test) {
    return test.cases() > 0
        && test.tests().stream().allMatch(t -> t.status() == TestOutcome.Status.PASSED)
        && (!test.witnesses().isEmpty() || test.byConstruction());
  }

  /** How many citations give this kind of evidence. */
  long count(EvidenceKind kind) {
    return kind == EvidenceKind.IMPL
        ? code.size()
        : tests.stream().filter(t -> kind.isShownBy(t.citation())).count();
  }
}
