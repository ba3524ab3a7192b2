package lockstep.oracle.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.oracle.conformance.Faults.Expected;
import lockstep.trace.Verifies;
import net.jqwik.api.Example;

/** Each faulty implementation is caught, and for its own reason. */
class FaultyTesteeProperties {

  private static final List<TestCase> ALL =
      Stream.concat(Vectors.bundled().stream(), Stories.all().stream()).toList();

  /** Cases that fail, by the clauses that they cite. */
  private static List<TestCase> failing(Expected expected) {
    try (Testee testee = new FaultyTestee(expected.fault())) {
      Set<String> ops = Capabilities.of(testee).orElseThrow().ops();
      CaseRun run = new CaseRun(testee, ops);
      return ALL.stream()
          .filter(test -> concerns(expected, test))
          .filter(test -> run.judge(test) instanceof Verdict.Differs)
          .toList();
    }
  }

  private static boolean concerns(Expected expected, TestCase test) {
    return expected.ops().equals(Faults.STATE)
        ? test.steps().get(0).op().equals("vault.new")
        : test.ops().stream().anyMatch(op -> op.startsWith(expected.ops()));
  }

  private static List<String> uncaught(List<Expected> faults) {
    List<String> uncaught = new ArrayList<>();
    for (Expected expected : faults) {
      List<TestCase> failing = failing(expected);
      Set<String> clauses =
          failing.stream().flatMap(test -> test.clauses().stream()).collect(Collectors.toSet());
      System.out.printf(
          "%-48s %3d cases, for example %s%n",
          expected, failing.size(), failing.isEmpty() ? "-" : failing.get(0).id());
      if (!clauses.contains(expected.clause())) {
        uncaught.add(expected + " is not caught by " + expected.clause() + " but by " + clauses);
      }
    }
    return uncaught;
  }

  @Example
  @Verifies({"CNF-4~1", "CNF-6~1"})
  void everyLimiterFaultIsCaughtForItsOwnReason() {
    assertThat(uncaught(Faults.LIMITER)).isEmpty();
  }
}
