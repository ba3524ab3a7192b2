package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import lockstep.spec.Implements;

/**
 * The attempts of one case. A vault numbers its attempts as it likes, so the reference's numbers in
 * requests are replaced by those that the testee gave in the same places.
 */
@Implements("CNF-4")
final class Attempts {

  private static final String ATTEMPT = "attempt";

  private final Map<String, String> theirsByOurs = new HashMap<>();

  /** The step with the testee's own attempt. */
  Step asTheirs(Step step) {
    String theirs = theirsByOurs.get(step.input().path(ATTEMPT).asText());
    if (theirs == null || !(step.input() instanceof ObjectNode input)) {
      return step;
    }
    return new Step(step.op(), input.deepCopy().put(ATTEMPT, theirs), step.expected());
  }

  /** Notes the attempt that an answer gives, if one was expected. */
  void learn(Step step, Answer came) {
    JsonNode ours = ours(step);
    if (ours.isTextual()
        && came instanceof Answer.Result result
        && result.value().path(ATTEMPT).isTextual()) {
      theirsByOurs.put(ours.textValue(), result.value().get(ATTEMPT).textValue());
    }
  }

  /** The answer with the reference's number for an attempt just given, so that it compares. */
  Answer asOurs(Step step, Answer came) {
    JsonNode ours = ours(step);
    if (ours.isTextual()
        && came instanceof Answer.Result result
        && result.value() instanceof ObjectNode value
        && value.path(ATTEMPT).isTextual()) {
      return new Answer.Result(value.deepCopy().set(ATTEMPT, ours));
    }
    return came;
  }

  private static JsonNode ours(Step step) {
    return step.expected().path("result").path(ATTEMPT);
  }
}
