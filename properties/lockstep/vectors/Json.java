package lockstep.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** Short ways to write inputs, and fields at a path such as {@code entries.1.path}. */
final class Json {

  private Json() {}

  /** An object of names and values: text, whole numbers, truth values, nodes and lists of nodes. */
  static ObjectNode object(Object... namesAndValues) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.set((String) namesAndValues[i], node(namesAndValues[i + 1]));
    }
    return object;
  }

  static JsonNode node(Object value) {
    if (value instanceof JsonNode node) {
      return node;
    }
    if (value instanceof Number number) {
      return LongNode.valueOf(number.longValue());
    }
    if (value instanceof Boolean flag) {
      return BooleanNode.valueOf(flag);
    }
    if (value instanceof List<?> list) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      list.forEach(item -> array.add(node(item)));
      return array;
    }
    return TextNode.valueOf((String) value);
  }

  /** The same object with more fields, or others in place of some. */
  static ObjectNode with(ObjectNode object, Object... namesAndValues) {
    ObjectNode copy = object.deepCopy();
    copy.setAll(object(namesAndValues));
    return copy;
  }

  static ObjectNode without(ObjectNode object, String name) {
    ObjectNode copy = object.deepCopy();
    copy.remove(name);
    return copy;
  }

  static JsonNode at(JsonNode root, String path) {
    return root.at("/" + path.replace('.', '/'));
  }

  /** Puts a value at a path whose parent is there. */
  static void put(ObjectNode root, String path, JsonNode value) {
    int last = path.lastIndexOf('.');
    JsonNode parent = last < 0 ? root : at(root, path.substring(0, last));
    String name = path.substring(last + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), value);
    } else {
      ((ObjectNode) parent).set(name, value);
    }
  }
}
