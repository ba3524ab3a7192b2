package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import lockstep.spec.Implements;

/**
 * What a testee says that it can do.
 *
 * @param implementation its name
 * @param version its version
 * @param profiles which parts of the system it implements, by the names in {@link
 *     Conformance#PROFILES}
 * @param ops the operations that it answers
 */
@Implements("CNF-2~2")
public record Capabilities(
    String implementation, String version, Set<String> profiles, Set<String> ops) {

  /** The operation that asks for capabilities. */
  public static final String OP = "capabilities";

  /** Copies the sets. */
  public Capabilities {
    profiles = Set.copyOf(profiles);
    ops = Set.copyOf(ops);
  }

  /** What a testee claims; empty if it answers with something else. */
  static Optional<Capabilities> of(Testee testee) {
    Answer answer = testee.answer(OP, JsonNodeFactory.instance.objectNode());
    return answer instanceof Answer.Result result ? read(result.value()) : Optional.empty();
  }

  /** Reads the result of {@code capabilities}; empty if a field is missing or of another type. */
  private static Optional<Capabilities> read(JsonNode result) {
    JsonNode profiles = result.path("profiles");
    JsonNode ops = result.path("ops");
    if (!result.path("implementation").isTextual()
        || !result.path("version").isTextual()
        || !profiles.isArray()
        || !ops.isArray()) {
      return Optional.empty();
    }
    return Optional.of(
        new Capabilities(
            result.path("implementation").textValue(),
            result.path("version").textValue(),
            texts(profiles),
            texts(ops)));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new LinkedHashSet<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
