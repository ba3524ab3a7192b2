package lockstep.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the vectors as cases. */
final class Vectors {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a vault that only limits attempts has to answer. */
  private static final Set<String> LIMITER_OPS =
      Set.of(
          "vault.new",
          "vault.close",
          "advance",
          "register",
          "attempt",
          "finish",
          "abandon",
          "observe");

  private Vectors() {}

  /** Every case that the artifact carries, in the order of files and of tests in them. */
  static List<TestCase> bundled() {
    List<TestCase> cases = new ArrayList<>();
    BundledFiles.read("vectors", ".json").values().forEach(text -> cases.addAll(parse(text)));
    cases.addAll(HostileCases.bundled());
    return cases;
  }

  /** The cases of one file; none for a file of another form, such as the published RFC sets. */
  static List<TestCase> parse(String text) {
    JsonNode file;
    try {
      file = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the artifact carries a vector file that is not JSON", e);
    }
    List<TestCase> cases = new ArrayList<>();
    if (file.has("topic") && file.has("tests")) {
      file.get("tests").forEach(test -> cases.add(read(test)));
    }
    return cases;
  }

  private static TestCase read(JsonNode test) {
    List<Step> steps = new ArrayList<>();
    if (test.has("steps")) {
      for (JsonNode step : test.get("steps")) {
        steps.add(
            new Step(
                step.get("op").textValue(), step.get("input"), (ObjectNode) step.get("expect")));
      }
    } else {
      steps.add(new Step(test.get("op").textValue(), test.get("input"), expected(test)));
    }
    List<String> clauses = new ArrayList<>();
    test.get("clauses").forEach(clause -> clauses.add(clause.textValue()));
    return new TestCase(
        test.get("id").textValue(),
        profile(steps),
        clauses,
        test.path("level").asText().equals("SHOULD"),
        test.path("comment").asText(),
        steps,
        test.path("intermediates"));
  }

  private static ObjectNode expected(JsonNode test) {
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    String result = test.get("result").textValue();
    if (result.equals("valid")) {
      return expected.set("result", test.get("output"));
    }
    return expected.put("rejected", result);
  }

  /** What a testee has to claim for these steps. */
  static String profile(List<Step> steps) {
    if (steps.stream().anyMatch(step -> step.input().has("session"))) {
      boolean limits = steps.stream().allMatch(step -> LIMITER_OPS.contains(step.op()));
      return limits ? Capabilities.LIMITER : Capabilities.VAULT;
    }
    if (steps.stream().anyMatch(step -> step.op().startsWith("limiter."))) {
      return Capabilities.LIMITER;
    }
    boolean decides = steps.stream().anyMatch(step -> step.op().startsWith("restore."));
    return decides ? Capabilities.CLIENT : Capabilities.VECTORS;
  }
}
