package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import lockstep.spec.Implements;

/**
 * A result that holds randomness of the testee's own, and so cannot be compared: the reference is
 * asked what it says of it. The expectation's {@code checked} names the reference's operation, the
 * field of the result that it is given, the rest of its input, and what it has to answer.
 */
@Implements("CNF-4")
final class CheckedResult {

  private static final String CHECKED = "checked";

  private CheckedResult() {}

  /** Where the reference's word differs from the one expected; empty where nothing is checked. */
  static Optional<String> difference(Step step, Answer.Result result) {
    JsonNode checked = step.expected().path(CHECKED);
    if (checked.isMissingNode()) {
      return Optional.empty();
    }
    String field = checked.get("field").textValue();
    JsonNode value = result.value().path(field);
    if (!value.isTextual()) {
      return Optional.of(field);
    }
    ObjectNode input = checked.get("input").deepCopy();
    input.set(field, value);
    Answer said = new ReferenceTestee().answer(checked.get("op").textValue(), input);
    boolean right =
        said instanceof Answer.Result opened
            && Comparison.difference(checked.get("result"), opened.value()).isEmpty();
    return right ? Optional.empty() : Optional.of(field);
  }
}
