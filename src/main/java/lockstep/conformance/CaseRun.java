package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lockstep.conformance.Verdict.Differs;
import lockstep.conformance.Verdict.Intermediate;
import lockstep.spec.Implements;

/** Puts one case to a testee and judges its answers. */
@Implements({"CNF-3", "CNF-4"})
final class CaseRun {

  private static final String INTERMEDIATES = "intermediates";

  private final Testee testee;
  private final Set<String> ops;

  CaseRun(Testee testee, Set<String> ops) {
    this.testee = testee;
    this.ops = Set.copyOf(ops);
  }

  /** Runs a case; a testee that breaks is started anew for the next one. */
  Verdict judge(TestCase test) {
    Set<String> missing = new HashSet<>(test.ops());
    missing.removeAll(ops);
    return missing.isEmpty() ? judgeSteps(test) : new Verdict.NotOffered(missing);
  }

  /** Plays a case in messages at a vault that the testee makes for it. */
  Verdict judgeMessages(TestCase test) {
    Set<String> missing = new HashSet<>(test.ops());
    missing.removeAll(ops);
    return missing.isEmpty()
        ? Messages.judge(test, () -> OperationDoor.open(testee, ops))
        : new Verdict.NotOffered(missing);
  }

  private Verdict judgeSteps(TestCase test) {
    List<Step> steps = test.steps();
    Attempts attempts = new Attempts();
    for (int i = 0; i < steps.size(); i++) {
      Step step = attempts.asTheirs(steps.get(i));
      Answer came = testee.answer(step.op(), step.input());
      attempts.learn(step, came);
      Optional<String> where = difference(step, attempts.asOurs(step, came));
      if (where.isPresent()) {
        Optional<Intermediate> intermediate =
            came instanceof Answer.Broken ? Optional.empty() : intermediate(test, step, came);
        return new Differs(i, step, came, where.get(), intermediate);
      }
    }
    return new Verdict.Passed();
  }

  private static Optional<String> difference(Step step, Answer came) {
    if (step.expected().has("error")) {
      return came instanceof Answer.Failed ? Optional.empty() : Optional.of("");
    }
    return came.match(
        result ->
            step.expected().has("result")
                ? Comparison.difference(step.expected().get("result"), result.value())
                    .or(() -> CheckedResult.difference(step, result))
                : Optional.of(""),
        rejected ->
            step.expected().path("rejected").equals(TextNode.valueOf(rejected.outcome()))
                ? Comparison.difference(step.expected().path("detail"), rejected.detail())
                    .filter(path -> step.expected().has("detail"))
                : Optional.of(""),
        failed -> Optional.of(""),
        broken -> Optional.of(""));
  }

  /** The first named value that differs, in the vector's order. */
  private Optional<Intermediate> intermediate(TestCase test, Step step, Answer came) {
    JsonNode shown = shown(step, came);
    for (Map.Entry<String, JsonNode> value : test.intermediates().properties()) {
      JsonNode theirs = shown.path(value.getKey());
      if (!theirs.isMissingNode() && Comparison.difference(value.getValue(), theirs).isPresent()) {
        return Optional.of(new Intermediate(value.getKey(), value.getValue(), theirs));
      }
    }
    return Optional.empty();
  }

  // Either beside the result, or from an operation of its own that takes the same input.
  private JsonNode shown(Step step, Answer came) {
    if (came instanceof Answer.Result result && result.value().has(INTERMEDIATES)) {
      return result.value().get(INTERMEDIATES);
    }
    String op = step.op() + "." + INTERMEDIATES;
    if (ops.contains(op) && testee.answer(op, step.input()) instanceof Answer.Result result) {
      return result.value();
    }
    return MissingNode.getInstance();
  }
}
