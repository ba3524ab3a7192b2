package lockstep.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Small cases and testees for the tests of the kit. */
final class Cases {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Cases() {}

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Answer result(String text) {
    return new Answer.Result(json(text));
  }

  /** A case of one step. */
  static TestCase of(String id, String op, String expected) {
    return new TestCase(
        id,
        "primitives",
        List.of("PAY-1~1"),
        false,
        "a small case",
        List.of(new Step(op, json("{\"key\":\"00\"}"), json(expected))),
        json("{}"));
  }

  /** A testee that always says the same. */
  static Testee answering(Answer answer) {
    return new Testee() {
      @Override
      public Answer answer(String op, JsonNode input) {
        return answer;
      }

      @Override
      public void restart() {}
    };
  }
}
