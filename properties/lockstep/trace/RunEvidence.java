package lockstep.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the citations against what the tests of this build did.
 *
 * @param tests every citation of a test, in the citations' order
 * @param findings tests that did not run, citations without a witness, and code that cites a clause
 *     but that none of the clause's tests executed
 */
record RunEvidence(List<CitedTest> tests, List<Finding> findings) {

  /**
   * @param runs the records of this build by test class
   */
  static RunEvidence of(List<Citation> citations, Map<String, TestRun> runs) {
    List<CitedTest> tests =
        citations.stream()
            .filter(c -> c.kind() == CitationKind.VERIFIES)
            .map(c -> cited(c, citations, runs))
            .toList();
    Map<String, List<CitedTest>> byClause =
        tests.stream().collect(Collectors.groupingBy(t -> t.citation().text()));
    Stream<Finding> ofCode =
        citations.stream()
            .filter(c -> c.kind() == CitationKind.IMPLEMENTS)
            .filter(c -> isUnwitnessed(c, byClause.getOrDefault(c.text(), List.of())))
            .map(RunEvidence::unwitnessed);
    return new RunEvidence(
        tests, Stream.concat(tests.stream().flatMap(t -> faults(t).stream()), ofCode).toList());
  }

  private static CitedTest cited(
      Citation citation, List<Citation> citations, Map<String, TestRun> runs) {
    CodePlace place = citation.place();
    List<TestOutcome> tests = new ArrayList<>();
    ExecutedCode executed = ExecutedCode.NOTHING;
    for (TestRun run : runs.values()) {
      for (TestOutcome test : run.tests()) {
        if (isOn(place, run.testClass(), test.method())) {
          tests.add(test);
          executed = executed.and(run.executedBy(test));
        }
      }
    }
    ExecutedCode all = executed;
    List<CodePlace> witnesses =
        citations.stream()
            .filter(c -> c.kind() == CitationKind.IMPLEMENTS && c.text().equals(citation.text()))
            .map(Citation::place)
            .filter(all::includes)
            .toList();
    return new CitedTest(citation, tests, witnesses);
  }

  /** Whether a citation at the place stands on the test. */
  static boolean isOn(CodePlace place, String testClass, String method) {
    if (!place.member().isEmpty()) {
      return testClass.equals(place.className()) && method.equals(place.member());
    }
    return testClass.equals(place.className()) || testClass.startsWith(place.className() + "$");
  }

  private static List<Finding> faults(CitedTest cited) {
    List<TestOutcome> tests = cited.tests();
    List<Finding> findings = new ArrayList<>();
    if (cited.lacksTool()) {
      return findings;
    }
    if (tests.isEmpty()) {
      findings.add(found(Finding.Kind.TEST_NOT_RUN, cited, "did not run in this build"));
    } else if (has(tests, TestOutcome.Status.DISABLED)) {
      findings.add(found(Finding.Kind.TEST_DISABLED, cited, "is disabled"));
    } else if (has(tests, TestOutcome.Status.FAILED)) {
      findings.add(found(Finding.Kind.TEST_FAILED, cited, "failed"));
    } else if (tests.stream().anyMatch(t -> t.cases() == 0)) {
      findings.add(found(Finding.Kind.TEST_WITHOUT_CASES, cited, "tried no case"));
    } else if (tests.stream().anyMatch(t -> t.cases() < 2) && isOfMany(cited.citation())) {
      findings.add(
          found(
              Finding.Kind.KIND_NOT_SHOWN,
              cited,
              "is said to be of many cases and tried one: an exhaustive test counts its points with"
                  + " Points"));
    } else if (cited.witnesses().isEmpty()
        && !cited.byConstruction()
        && tests.stream().noneMatch(TestOutcome::hollow)) {
      findings.add(
          found(
              Finding.Kind.MISSING_WITNESS,
              cited,
              "executed no code with @Implements(\"" + cited.citation().text() + "\")"));
    }
    tests.stream()
        .filter(TestOutcome::hollow)
        .map(t -> "is no witness: " + t.method() + " calls no code of the project")
        .forEach(m -> findings.add(found(Finding.Kind.HOLLOW_TEST, cited, m)));
    return findings;
  }

  /** Whether the citation claims a kind whose worth is in the number of cases. */
  private static boolean isOfMany(Citation citation) {
    return EvidenceKind.EXHAUSTIVE.isShownBy(citation) || EvidenceKind.PROPERTY.isShownBy(citation);
  }

  private static boolean has(List<TestOutcome> tests, TestOutcome.Status status) {
    return tests.stream().anyMatch(t -> t.status() == status);
  }

  private static Finding found(Finding.Kind kind, CitedTest cited, String message) {
    Citation citation = cited.citation();
    CodePlace place = citation.place();
    return new Finding(
        kind,
        citation.text(),
        place.file(),
        place.line(),
        place.display() + ", cited for " + citation.text() + ", " + message);
  }

  /**
   * A clause without tests asks for no witness; nor does one whose tests all hold by construction,
   * one with a test that lacks a program here, or one with a test at fault, which is a finding
   * already.
   */
  private static boolean isUnwitnessed(Citation code, List<CitedTest> ofClause) {
    return !ofClause.stream().allMatch(CitedTest::byConstruction)
        && ofClause.stream().noneMatch(CitedTest::lacksTool)
        && ofClause.stream()
            .allMatch(t -> faults(t).isEmpty() && !t.witnesses().contains(code.place()));
  }

  private static Finding unwitnessed(Citation code) {
    CodePlace place = code.place();
    return new Finding(
        Finding.Kind.UNWITNESSED_CODE,
        code.text(),
        place.file(),
        place.line(),
        place.display() + " cites " + code.text() + ", but no test of that clause executed it");
  }
}
