package lockstep.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the vectors as cases. */
final class Vectors {

  private static final ObjectMapper JSON = new ObjectMapper();

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
      file.get("tests").forEach(test -> cases.addAll(split(read(test))));
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
        home(steps),
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

  /**
   * A story without a session, such as a transcript, holds in each of its steps all that the step
   * needs: each is a case of its own, so that a device is asked for its side only.
   */
  private static List<TestCase> split(TestCase test) {
    boolean keepsState = test.steps().stream().anyMatch(step -> step.input().has("session"));
    if (keepsState || test.steps().size() == 1) {
      return List.of(test);
    }
    List<TestCase> cases = new ArrayList<>();
    for (Step step : test.steps()) {
      cases.add(
          new TestCase(
              test.id() + "." + (cases.size() + 1),
              home(List.of(step)),
              test.clauses(),
              test.should(),
              test.comment(),
              List.of(step),
              test.intermediates()));
    }
    return cases;
  }

  /** The first profile that has these operations. */
  static String home(List<Step> steps) {
    Set<String> ops = steps.stream().map(Step::op).collect(Collectors.toSet());
    return Profiles.having(ops).stream().findFirst().orElse("");
  }
}
