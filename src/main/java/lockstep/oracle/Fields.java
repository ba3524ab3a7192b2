package lockstep.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/**
 * The fields of a request's input. A missing field, one of another type and text that is not hex
 * are an error; a well-formed value of a wrong length or size is {@code Malformed}.
 */
@Implements({"ORC-2", "ORC-3"})
final class Fields {

  private final ObjectNode object;
  private final String path;
  private final Set<String> asked = new HashSet<>();
  private final List<Fields> within = new ArrayList<>();

  private Fields(ObjectNode object, String path) {
    this.object = object;
    this.path = path;
  }

  static Fields of(ObjectNode input) {
    return new Fields(input, "");
  }

  boolean has(String name) {
    asked.add(name);
    return object.has(name) && !object.get(name).isNull();
  }

  /** Bytes of any length. */
  byte[] bytes(String name) {
    byte[] bytes = Hex.parse(text(name));
    if (bytes == null) {
      throw Unanswerable.failed("field " + path + name + " is not lower-case hex");
    }
    return bytes;
  }

  /** Bytes of the one length that the field may have. */
  byte[] bytes(String name, int length) {
    byte[] bytes = bytes(name);
    if (bytes.length != length) {
      throw Unanswerable.malformed();
    }
    return bytes;
  }

  Optional<byte[]> optionalBytes(String name, int length) {
    return has(name) ? Optional.of(bytes(name, length)) : Optional.empty();
  }

  Bytes wireBytes(String name, int length) {
    return Bytes.copyOf(bytes(name, length));
  }

  /** An array of byte strings. */
  List<Bytes> byteStrings(String name) {
    JsonNode value = required(name);
    List<Bytes> all = new ArrayList<>();
    for (JsonNode one : value) {
      byte[] bytes = one.isTextual() ? Hex.parse(one.textValue()) : null;
      if (bytes == null) {
        throw Unanswerable.failed("field " + path + name + " is not a list of lower-case hex");
      }
      all.add(Bytes.copyOf(bytes));
    }
    if (!value.isArray()) {
      throw Unanswerable.failed("field " + path + name + " is not a list");
    }
    return all;
  }

  SecretBytes secret(String name, int length) {
    return SecretBytes.absorb(bytes(name, length));
  }

  /** A value that the core parses from bytes and may find to be none. */
  <T> T parsed(String name, Function<byte[], Optional<T>> parser) {
    return parser.apply(bytes(name)).orElseThrow(Unanswerable::malformed);
  }

  String text(String name) {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw Unanswerable.failed("field " + path + name + " is not text");
    }
    return value.textValue();
  }

  String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  boolean flag(String name) {
    JsonNode value = required(name);
    if (!value.isBoolean()) {
      throw Unanswerable.failed("field " + path + name + " is not true or false");
    }
    return value.booleanValue();
  }

  boolean flag(String name, boolean otherwise) {
    return has(name) ? flag(name) : otherwise;
  }

  /** A whole number within bounds. */
  long number(String name, long least, long most) {
    JsonNode value = required(name);
    if (!value.isIntegralNumber()) {
      throw Unanswerable.failed("field " + path + name + " is not a whole number");
    }
    if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
      throw Unanswerable.malformed();
    }
    return value.longValue();
  }

  long number(String name, long least, long most, long otherwise) {
    return has(name) ? number(name, least, most) : otherwise;
  }

  /** A {@code u64} of the spec (ENC-1). */
  long u64(String name) {
    return number(name, 0, Long.MAX_VALUE);
  }

  int u32(String name) {
    return (int) number(name, 0, Integer.MAX_VALUE);
  }

  AccountName account(String name) {
    return AccountName.parse(text(name)).orElseThrow(Unanswerable::malformed);
  }

  Fields object(String name) {
    return nested(required(name), path + name);
  }

  Optional<Fields> optionalObject(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  List<Fields> list(String name) {
    JsonNode value = required(name);
    if (!value.isArray()) {
      throw Unanswerable.failed("field " + path + name + " is not a list");
    }
    List<Fields> items = new ArrayList<>();
    value.forEach(item -> items.add(nested(item, path + name + "[" + items.size() + "]")));
    return items;
  }

  /** All fields by name, for an object whose names are data. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The object itself, for a codec that checks its fields by itself. */
  ObjectNode whole() {
    object.fieldNames().forEachRemaining(asked::add);
    return object;
  }

  /** Fails on a field that nobody asked for: a misspelt optional one would pass in silence. */
  void requireAllAsked() {
    Iterator<String> names = object.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw Unanswerable.failed("unknown field " + path + shortened(name));
      }
    }
    within.forEach(Fields::requireAllAsked);
  }

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private JsonNode required(String name) {
    asked.add(name);
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      throw Unanswerable.failed("missing field " + path + name);
    }
    return value;
  }

  private Fields nested(JsonNode value, String name) {
    if (!(value instanceof ObjectNode nested)) {
      throw Unanswerable.failed("field " + name + " is not an object");
    }
    Fields fields = new Fields(nested, name + ".");
    within.add(fields);
    return fields;
  }
}
