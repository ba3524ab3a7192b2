package lockstep.trace;

import java.util.List;

/**
 * A citation of a test, and what this build saw of it.
 *
 * @param tests the tests that the citation stands on: one, or all of a class
 * @param witnesses the places that cite the same clause and that these tests executed, sorted
 */
record CitedTest(Citation citation, List<TestOutcome> tests, List<CodePlace> witnesses) {

  /** How many cases of these tests passed. */
  long cases() {
    return tests.stream().mapToLong(TestOutcome::cases).sum();
  }

  /** Whether one of these tests was left out for want of a program. */
  boolean lacksTool() {
    return tests.stream().anyMatch(t -> t.status() == TestOutcome.Status.LACKS_TOOL);
  }

  boolean byConstruction() {
    return !citation.byConstruction().isEmpty();
  }
}
