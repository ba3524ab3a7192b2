package lockstep.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The one change that makes a valid input invalid.
 *
 * @param field path of the field
 * @param change what kind of change
 * @param detail where in the field, for a person to read
 * @param apply gives the new value; nothing removes the field
 */
record Mutation(
    String field, Change change, String detail, UnaryOperator<Optional<JsonNode>> apply) {

  /** Kinds of change. */
  enum Change {
    FLIP_BIT("flipBit"),
    TRUNCATE("truncate"),
    APPEND("append"),
    REPLACE("replace"),
    SWAP("swap"),
    SET("set"),
    REMOVE("remove");

    private final String text;

    Change(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Flips the lowest bit of one byte; a negative number counts from the end. */
  static Mutation flip(String field, int place) {
    return onHex(
        field,
        Change.FLIP_BIT,
        "bit 0 of byte " + place,
        hex -> {
          byte[] bytes = Sample.bytes(hex);
          bytes[place < 0 ? bytes.length + place : place] ^= 1;
          return Sample.hex(bytes);
        });
  }

  /** Cuts bytes off the end. */
  static Mutation cut(String field, int bytes) {
    return onHex(
        field,
        Change.TRUNCATE,
        "the last " + bytes + " bytes cut",
        hex -> hex.substring(0, hex.length() - 2 * bytes));
  }

  static Mutation append(String field, String more) {
    return onHex(field, Change.APPEND, "appended " + more, hex -> hex + more);
  }

  /** Puts other bytes in place of all. */
  static Mutation replace(String field, String bytes, String what) {
    return onHex(field, Change.REPLACE, what, hex -> bytes);
  }

  /** Puts other bytes in place of some, which must stand there once. */
  static Mutation replacePart(String field, String part, String bytes, String what) {
    return onHex(
        field,
        Change.REPLACE,
        what,
        hex -> {
          int start = hex.indexOf(part);
          if (start < 0 || start % 2 != 0 || hex.indexOf(part, start + 1) >= 0) {
            throw new IllegalStateException(part + " does not stand once in " + field);
          }
          return hex.replace(part, bytes);
        });
  }

  /** Exchanges two blocks of equal length. */
  static Mutation swap(String field, int first, int second, int length) {
    return onHex(
        field,
        Change.SWAP,
        length + " bytes at " + first + " and at " + second,
        hex -> {
          byte[] bytes = Sample.bytes(hex);
          byte[] kept = bytes.clone();
          System.arraycopy(kept, first, bytes, second, length);
          System.arraycopy(kept, second, bytes, first, length);
          return Sample.hex(bytes);
        });
  }

  /** Puts another value, of any type. */
  static Mutation set(String field, Object value, String what) {
    return new Mutation(field, Change.SET, what, before -> Optional.of(Json.node(value)));
  }

  static Mutation remove(String field, String what) {
    return new Mutation(field, Change.REMOVE, what, before -> Optional.empty());
  }

  ObjectNode applyTo(ObjectNode input) {
    ObjectNode changed = input.deepCopy();
    JsonNode before = Json.at(changed, field);
    Optional<JsonNode> after =
        apply.apply(before.isMissingNode() ? Optional.empty() : Optional.of(before));
    if (after.isPresent()) {
      Json.put(changed, field, after.get());
    } else {
      int last = field.lastIndexOf('.');
      JsonNode parent = last < 0 ? changed : Json.at(changed, field.substring(0, last));
      ((ObjectNode) parent).remove(field.substring(last + 1));
    }
    return changed;
  }

  ObjectNode json() {
    return Json.object("field", field, "change", change.text(), "detail", detail);
  }

  private static Mutation onHex(
      String field, Change change, String detail, UnaryOperator<String> apply) {
    return new Mutation(
        field,
        change,
        detail,
        before -> Optional.of(TextNode.valueOf(apply.apply(before.orElseThrow().textValue()))));
  }
}
