package lockstep.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lockstep.spec.Decides;

/** Schedules as cases: drawn by number, expected from the reference, shrunk when they fail. */
@Decides("CNF-6")
final class Schedules {

  /** A walk of the limiter's table, attempts on accounts, and all that a vault is asked. */
  static final List<String> KINDS = List.of("table", "limiter", "vault");

  private static final List<String> BEYOND_LIMITER =
      List.of(
          "receipt",
          "receiptSequence",
          "receiptHash",
          "restartAt",
          "markNumber",
          "markDigest",
          "successes",
          "commandKey");

  private static final Pattern ID =
      Pattern.compile("schedule-(table|limiter|vault)-(-?\\d{1,18})-(\\d{1,9})");

  private Schedules() {}

  static boolean isSchedule(String id) {
    return ID.matcher(id).matches();
  }

  static Optional<TestCase> byId(String id) {
    Matcher matcher = ID.matcher(id);
    return matcher.matches()
        ? Optional.of(
            draw(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** The profiles whose testees are driven with schedules of this kind. */
  static List<String> profiles(String kind) {
    return kind.equals("vault")
        ? List.of(Profiles.VAULT_MACHINE)
        : List.of(Profiles.LIMITER, Profiles.VAULT_MACHINE);
  }

  private static String home(String kind) {
    return kind.equals("vault") ? Profiles.VAULT_MACHINE : Profiles.LIMITER;
  }

  /** The {@code number}th schedule of a kind and seed. */
  static TestCase draw(String kind, long seed, int number) {
    SeededDraws draws = new SeededDraws(seed, number);
    String id = "schedule-" + kind + "-" + seed + "-" + number;
    return kind.equals("table")
        ? LimiterSchedule.draw(id, draws)
        : VaultSchedule.draw(id, home(kind), draws);
  }

  /** The shortest schedule found that still fails in the run that {@code run} makes. */
  static TestCase shrunk(TestCase test, CaseRun run) {
    // What makes the session stays, or one of an earlier run would answer.
    int kept = test.steps().get(0).op().equals("vault.new") ? 1 : 0;
    List<Step> first = test.steps().subList(0, kept);
    List<Step> steps =
        Shrinker.shrink(
            test.steps().subList(kept, test.steps().size()),
            fewer -> run.judge(joined(test, first, fewer)) instanceof Verdict.Differs);
    return joined(test, first, steps);
  }

  private static TestCase joined(TestCase test, List<Step> first, List<Step> then) {
    List<Step> steps = new ArrayList<>(first);
    steps.addAll(then);
    return expected(test.withSteps(steps));
  }

  /** The same requests with what the reference answers to them, each schedule on one of its own. */
  static TestCase expected(TestCase test) {
    ReferenceTestee reference = new ReferenceTestee();
    List<Step> steps = new ArrayList<>();
    for (Step step : test.steps()) {
      Answer answer = reference.answer(step.op(), step.input());
      boolean whole = test.home().equals(Profiles.VAULT_MACHINE);
      steps.add(new Step(step.op(), step.input(), expectation(answer, whole)));
    }
    return test.withSteps(steps);
  }

  /** What a testee has to answer; one that only limits attempts has no receipts or marks. */
  static ObjectNode expectation(Answer answer, boolean whole) {
    ObjectNode expected = answer.toJson().deepCopy();
    if (!whole && expected.path("result") instanceof ObjectNode result) {
      result.remove(BEYOND_LIMITER);
    }
    return expected;
  }
}
