package lockstep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lockstep.conformance.Faults.Expected;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/**
 * Each faulty implementation is caught, and for its own reason: in a case about the clause that it
 * breaks, by the answer that the fault makes.
 */
class FaultyTesteeProperties {

  /** The cases about a fault's clause; a story cites no other. */
  private static List<TestCase> concerned(Expected expected) {
    boolean state = expected.ops().equals(Faults.STATE);
    return (state ? Stories.all() : Vectors.bundled())
        .stream()
            .filter(test -> test.clauses().contains(expected.clause()))
            .filter(
                test -> state || test.ops().stream().anyMatch(op -> op.startsWith(expected.ops())))
            .toList();
  }

  /** What came in place of what, with the cases. */
  private static Map<String, List<String>> failing(Expected expected, List<TestCase> cases) {
    Map<String, List<String>> failing = new TreeMap<>();
    try (Testee testee = new FaultyTestee(expected.fault())) {
      Set<String> ops = Capabilities.of(testee).orElseThrow().ops();
      CaseRun run = new CaseRun(testee, ops);
      for (TestCase test : cases) {
        if (run.judge(test) instanceof Verdict.Differs differs) {
          failing.computeIfAbsent(outcome(differs), key -> new ArrayList<>()).add(test.id());
        }
      }
    }
    return failing;
  }

  private static String outcome(Verdict.Differs differs) {
    if (!differs.where().isEmpty()) {
      return differs.asked().op() + ": other " + differs.where();
    }
    String wanted = differs.asked().expected().path("rejected").asText("result");
    String came = differs.kind().replaceFirst("^rejected:|(?<=^result):.*", "");
    return differs.asked().op() + ": " + came + " for " + wanted;
  }

  private static List<String> uncaught(List<Expected> faults) {
    List<String> uncaught = new ArrayList<>();
    for (Expected expected : faults) {
      List<TestCase> cases = concerned(expected);
      Map<String, List<String>> failing = failing(expected, cases);
      System.out.printf("%-45s %s of %d: %s%n", expected, expected.clause(), cases.size(), failing);
      if (!failing.containsKey(expected.outcome())) {
        uncaught.add(expected + ": no " + expected.outcome() + " in " + failing);
      }
    }
    return uncaught;
  }

  @Example
  @Verifies({"CNF-4", "CNF-6"})
  void everyLimiterFaultIsCaughtForItsOwnReason() {
    assertThat(uncaught(Faults.LIMITER)).isEmpty();
  }

  @Example
  @Verifies("CNF-4")
  void everyFormatFaultIsCaughtForItsOwnReason() {
    assertThat(uncaught(FormatFaults.ALL)).isEmpty();
  }
}
