package lockstep.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lockstep.spec.Implements;

/** Reads the hostile corpus as cases: a base, and a JSON merge patch (RFC 7396) of its input. */
@Implements("CNF-2~2")
final class HostileCases {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "vectors/hostile";
  private static final String BASES = "bases";

  private HostileCases() {}

  /** Every case that the artifact carries, the bases as they are first. */
  static List<TestCase> bundled() {
    List<JsonNode> files = new ArrayList<>();
    JsonNode bases = JsonNodeFactory.instance.objectNode();
    for (String text : BundledFiles.read(FOLDER, ".json").values()) {
      JsonNode file = parsed(text);
      bases = file.has(BASES) ? file.get(BASES) : bases;
      files.add(file);
    }
    List<TestCase> cases = new ArrayList<>();
    for (Map.Entry<String, JsonNode> base : bases.properties()) {
      ObjectNode expected = JsonNodeFactory.instance.objectNode();
      expected.set("result", base.getValue().get("result"));
      String id = "hostile-base-" + base.getKey();
      cases.add(made(id, List.of("RST-10~1"), "all is right", base.getValue(), expected));
    }
    for (JsonNode file : files) {
      for (JsonNode test : file.path("cases")) {
        cases.add(read(test, bases.get(test.get("base").textValue())));
      }
    }
    return cases;
  }

  private static TestCase read(JsonNode test, JsonNode base) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.set("op", base.get("op"));
    request.set("input", patched(base.get("input"), test.get("patch")));
    List<String> clauses = new ArrayList<>();
    test.get("clauses").forEach(clause -> clauses.add(clause.textValue()));
    return made(
        test.get("id").textValue(),
        clauses,
        test.get("class").textValue() + ": " + test.get("change").textValue(),
        request,
        (ObjectNode) test.get("outcome"));
  }

  private static TestCase made(
      String id, List<String> clauses, String comment, JsonNode request, ObjectNode expected) {
    List<Step> steps =
        List.of(new Step(request.get("op").textValue(), request.get("input"), expected));
    JsonNode none = JsonNodeFactory.instance.objectNode();
    return new TestCase(id, Vectors.home(steps), clauses, false, comment, steps, none);
  }

  /** What the patch makes of it; values that stay are shared with it. */
  static JsonNode patched(JsonNode before, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode after = JsonNodeFactory.instance.objectNode();
    if (before instanceof ObjectNode object) {
      after.setAll(object);
    }
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        after.remove(field.getKey());
      } else {
        after.set(field.getKey(), patched(after.path(field.getKey()), field.getValue()));
      }
    }
    return after;
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the artifact carries a corpus that is not JSON", e);
    }
  }
}
