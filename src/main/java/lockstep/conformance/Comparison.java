package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.wire.Sha256;

/**
 * Compares what a testee answered with what it had to. A field of the expected value must be there
 * and be equal; {@code nameDigest} stands for a long {@code name} and gives its SHA-256 and length;
 * what a testee says beyond that is ignored.
 */
@Decides("CNF-4")
final class Comparison {

  private static final String DIGEST = "Digest";

  private Comparison() {}

  /** The path of the first place where they differ; empty if they agree. */
  static Optional<String> difference(JsonNode expected, JsonNode came) {
    return difference("", expected, came);
  }

  private static Optional<String> difference(String path, JsonNode expected, JsonNode came) {
    if (expected.isObject()) {
      return came.isObject() ? inObject(path, expected, came) : Optional.of(path);
    }
    if (expected.isArray()) {
      return came.isArray() ? inArray(path, expected, came) : Optional.of(path);
    }
    boolean same =
        (expected.isIntegralNumber() && came.isIntegralNumber())
            ? expected.bigIntegerValue().equals(came.bigIntegerValue())
            : expected.equals(came);
    return same ? Optional.empty() : Optional.of(path);
  }

  private static Optional<String> inObject(String path, JsonNode expected, JsonNode came) {
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      String name = field.getKey();
      boolean digest = name.endsWith(DIGEST) && field.getValue().has("sha256") && !came.has(name);
      String whole = digest ? name.substring(0, name.length() - DIGEST.length()) : name;
      String at = path.isEmpty() ? whole : path + "." + whole;
      Optional<String> difference =
          digest
              ? inDigest(at, field.getValue(), came.path(whole))
              : difference(at, field.getValue(), came.path(name));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> inArray(String path, JsonNode expected, JsonNode came) {
    for (int i = 0; i < expected.size(); i++) {
      Optional<String> difference = difference(path + "[" + i + "]", expected.get(i), came.path(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return expected.size() == came.size() ? Optional.empty() : Optional.of(path);
  }

  private static Optional<String> inDigest(String path, JsonNode digest, JsonNode came) {
    byte[] bytes;
    try {
      bytes = HexFormat.of().parseHex(came.asText());
    } catch (IllegalArgumentException notHex) {
      return Optional.of(path);
    }
    boolean same =
        came.isTextual()
            && digest.path("length").asLong(-1) == bytes.length
            && digest
                .path("sha256")
                .asText()
                .equals(HexFormat.of().formatHex(Sha256.of(bytes).toArray()));
    return same ? Optional.empty() : Optional.of(path);
  }

  /** A short name for an answer, so that a list of known failures can tell one from another. */
  static String fingerprint(JsonNode answer) {
    byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.of(text).toArray(), 0, 8);
  }
}
