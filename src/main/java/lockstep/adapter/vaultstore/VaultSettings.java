package lockstep.adapter.vaultstore;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lockstep.spec.Implements;
import lockstep.vault.machine.AttemptPolicy;

/**
 * What {@code vault.json} says.
 *
 * @param policy what new budget epochs begin with
 * @param keys where the key directory is, relative to the vault's directory or absolute
 */
@Implements("ATR-9")
record VaultSettings(AttemptPolicy policy, String keys) {

  private static final int FORMAT = 1;
  private static final Set<String> FIELDS =
      Set.of("format", "attempts", "rounds", "waitMillis", "keys");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  byte[] encode() {
    ObjectNode object = JSON.createObjectNode();
    object.put("format", FORMAT);
    object.put("attempts", policy.attempts());
    object.put("rounds", policy.rounds());
    object.put("waitMillis", policy.waitMillis());
    object.put("keys", keys);
    return (object.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The settings, or empty if {@code content} is not what {@link #encode} may have written. */
  static Optional<VaultSettings> decode(byte[] content) throws IOException {
    try {
      JsonNode object = JSON.readTree(content);
      Set<String> names = new TreeSet<>();
      object.fieldNames().forEachRemaining(names::add);
      if (!names.equals(FIELDS)
          || !object.get("keys").isTextual()
          || !object.get("attempts").isInt()
          || !object.get("rounds").isInt()
          || !object.get("waitMillis").canConvertToExactIntegral()
          || object.get("format").asInt(0) != FORMAT) {
        return Optional.empty();
      }
      String keys = object.get("keys").textValue();
      return AttemptPolicy.of(
              object.get("attempts").intValue(),
              object.get("rounds").intValue(),
              object.get("waitMillis").longValue())
          .map(policy -> new VaultSettings(policy, keys));
    } catch (JsonProcessingException malformed) {
      return Optional.empty();
    }
  }
}
