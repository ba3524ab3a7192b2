package lockstep.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Proves of a vector file that each negative differs from a valid sibling in the field it names.
 */
public final class VectorLinter {

  private static final String INPUT = "input";
  private static final String VALID = "valid";

  private VectorLinter() {}

  /** What is wrong with a file, each as {@code id: what}; nothing when all is right. */
  public static List<String> faults(JsonNode file) {
    List<String> faults = new ArrayList<>();
    Map<String, JsonNode> tests = new HashMap<>();
    for (JsonNode test : file.path("tests")) {
      String id = test.path("id").asText();
      if (tests.put(id, test) != null) {
        faults.add(id + ": the id is used twice");
      }
    }
    for (JsonNode test : file.path("tests")) {
      String fault = fault(test, tests);
      if (!fault.isEmpty()) {
        faults.add(test.path("id").asText() + ": " + fault);
      }
    }
    return faults;
  }

  private static String fault(JsonNode test, Map<String, JsonNode> tests) {
    boolean valid = test.path("result").asText().equals(VALID);
    if (valid) {
      boolean answers = test.has("output") != test.has("steps");
      return !answers
          ? "a valid test has either an output or steps"
          : test.has("sibling") || test.has("mutation") ? "a valid test has no sibling" : "";
    }
    if (test.has("output")) {
      return "a negative has no output";
    }
    JsonNode sibling = tests.get(test.path("sibling").asText());
    if (sibling == null) {
      return "its sibling is not in the file";
    }
    if (!sibling.path("result").asText().equals(VALID)) {
      return "its sibling is not valid";
    }
    if (!sibling.path("op").equals(test.path("op"))) {
      return "its sibling is of another operation";
    }
    return difference(test, sibling);
  }

  private static String difference(JsonNode test, JsonNode sibling) {
    Set<String> differing = new LinkedHashSet<>();
    collect("", sibling.path(INPUT), test.path(INPUT), differing);
    String field = test.path("mutation").path("field").asText();
    if (differing.isEmpty()) {
      return "it does not differ from its sibling";
    }
    for (String path : differing) {
      if (!path.equals(field) && !path.startsWith(field + ".")) {
        return "it differs from its sibling in " + path + ", too";
      }
    }
    String pointer = "/" + field.replace('.', '/');
    return isOfKind(
            test.path("mutation").path("change").asText(),
            sibling.path(INPUT).at(pointer),
            test.path(INPUT).at(pointer))
        ? ""
        : "the change is of another kind";
  }

  private static void collect(String path, JsonNode one, JsonNode other, Set<String> differing) {
    if (one.equals(other)) {
      return;
    }
    if (one.isObject() && other.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        collect(below(path, name), field(one, name), field(other, name), differing);
      }
    } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        collect(below(path, String.valueOf(i)), one.get(i), other.get(i), differing);
      }
    } else {
      differing.add(path);
    }
  }

  private static JsonNode field(JsonNode object, String name) {
    return object.has(name) ? object.get(name) : MissingNode.getInstance();
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static boolean isOfKind(String change, JsonNode before, JsonNode after) {
    String old = before.asText();
    String changed = after.asText();
    return switch (change) {
      case "flipBit" -> old.length() == changed.length() && bitsDiffering(old, changed) == 1;
      case "truncate" -> old.length() > changed.length() && old.startsWith(changed);
      case "append" -> changed.length() > old.length() && changed.startsWith(old);
      case "replace" -> before.isTextual() && after.isTextual();
      case "swap" -> old.length() == changed.length() && sorted(old).equals(sorted(changed));
      case "set" -> !after.isMissingNode();
      case "remove" -> !before.isMissingNode() && after.isMissingNode();
      default -> false;
    };
  }

  private static int bitsDiffering(String one, String other) {
    byte[] left = HexFormat.of().parseHex(one);
    byte[] right = HexFormat.of().parseHex(other);
    int bits = 0;
    for (int i = 0; i < left.length; i++) {
      bits += Integer.bitCount((left[i] ^ right[i]) & 0xff);
    }
    return bits;
  }

  private static String sorted(String text) {
    return text.chars()
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
