package lockstep.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lockstep.vectors.ClauseRevisions;

/**
 * A file of {@code spec/vectors} that a model makes: what is expected is what the model says, and
 * no code of the product has a part in it. A line holds one request and its answer.
 */
final class ModelVectors {

  /** Set to write the files anew in place of comparing them. */
  private static final boolean WRITE = Boolean.getBoolean("lockstep.vectors.write");

  private final String topic;
  private final List<String> tests = new ArrayList<>();

  ModelVectors(String topic) {
    this.topic = topic;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** One request and what the model says to it. */
  static ObjectNode step(String op, ObjectNode input, ObjectNode expected) {
    ObjectNode step = object().put("op", op);
    step.set("input", input);
    step.set("expect", expected);
    return step;
  }

  static ObjectNode result(ObjectNode fields) {
    return object().set("result", fields);
  }

  static ObjectNode rejected(String outcome) {
    return object().put("rejected", outcome);
  }

  /** Adds a test; its clauses are separated by blanks. */
  void add(String clauses, String comment, List<ObjectNode> steps) {
    ObjectNode test = object().put("id", nextId());
    ArrayNode cited = test.putArray("clauses");
    for (String clause : clauses.split(" ", -1)) {
      cited.add(ClauseRevisions.cite(clause));
    }
    test.put("level", "MUST").put("comment", comment).put("result", "valid");
    String head = test.toString();
    List<String> lines = steps.stream().map(ObjectNode::toString).toList();
    tests.add(
        head.substring(0, head.length() - 1)
            + ",\"steps\":[\n"
            + String.join(",\n", lines)
            + "\n]}");
  }

  /** The id of the test that will be added next. */
  String nextId() {
    return topic + String.format(Locale.ROOT, "-%04d", tests.size() + 1);
  }

  /** The file's text. */
  String text() {
    return "{\"topic\":\"%s\",\"version\":1,\"tests\":[\n%s\n]}\n"
        .formatted(topic, String.join(",\n", tests));
  }

  /** The text of the committed file, which is written first if that was asked for. */
  String committed() {
    Path file =
        Path.of(System.getProperty("lockstep.basedir", "."), "spec/vectors", topic + ".json");
    try {
      if (WRITE) {
        Files.writeString(file, text());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
