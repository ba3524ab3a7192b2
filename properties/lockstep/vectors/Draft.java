package lockstep.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lockstep.oracle.Oracle;
import lockstep.oracle.OracleAnswer;
import lockstep.oracle.RejectedAs;
import lockstep.wire.Sha256;

/** The tests of one topic as they are made: what is valid is what the oracle answers. */
final class Draft {

  private static final int LONGEST_OUTPUT = 2048;
  private static final String VALID = "valid";

  private final String topic;
  private final Oracle oracle;
  private final Map<String, ObjectNode> tests = new LinkedHashMap<>();
  private final Map<String, ObjectNode> results = new HashMap<>();

  Draft(String topic, Oracle oracle) {
    this.topic = topic;
    this.oracle = oracle;
  }

  /** The result that the oracle gives, which must be one. */
  ObjectNode result(String op, ObjectNode input) {
    return results.computeIfAbsent(op + input, any -> ask(op, input));
  }

  private ObjectNode ask(String op, ObjectNode input) {
    return oracle
        .answer(op, input)
        .match(
            OracleAnswer.Result::fields,
            rejected -> {
              throw new IllegalStateException(op + " was rejected as " + rejected.outcome().text());
            },
            failed -> {
              throw new IllegalStateException(op + ": " + failed.reason());
            });
  }

  String text(String op, ObjectNode input, String field) {
    return result(op, input).get(field).textValue();
  }

  /** A valid test, by its id. */
  String valid(String clauses, String comment, String op, ObjectNode input) {
    return valid(clauses, comment, op, input, Json.object());
  }

  /** A valid test with values on the way to its result. */
  String valid(
      String clauses, String comment, String op, ObjectNode input, ObjectNode intermediates) {
    ObjectNode test = begin(clauses, comment, VALID);
    test.put("op", op);
    test.set("input", input);
    if (!intermediates.isEmpty()) {
      test.set("intermediates", intermediates);
    }
    test.set("output", shortened(result(op, input)));
    return add(test);
  }

  /** A test that must be rejected, by the one change from its sibling. */
  void negative(
      String sibling, String clauses, RejectedAs outcome, Mutation mutation, String comment) {
    ObjectNode valid = tests.get(sibling);
    if (valid == null) {
      throw new IllegalStateException("no test " + sibling + " in " + topic);
    }
    String op = valid.get("op").textValue();
    ObjectNode input = mutation.applyTo((ObjectNode) valid.get("input"));
    ObjectNode test = begin(clauses, comment, outcome.text());
    test.put("op", op);
    test.set("input", input);
    ObjectNode detail = rejection(op, input, outcome, comment);
    if (!detail.isEmpty()) {
      test.set("detail", detail);
    }
    test.put("sibling", sibling);
    test.set("mutation", mutation.json());
    add(test);
  }

  /** Steps that keep or build on a state, each with its whole answer. */
  void story(String clauses, String comment, List<Step> steps) {
    story(clauses, comment, steps, List.of());
  }

  /** Steps of which some fields of the answers are not asked for. */
  void story(String clauses, String comment, List<Step> steps, List<String> leftOut) {
    ObjectNode test = begin(clauses, comment, VALID);
    ArrayNode list = test.putArray("steps");
    for (Step step : steps) {
      ObjectNode json = list.addObject().put("op", step.op());
      json.set("input", step.input());
      ObjectNode expected = expectation(step);
      if (expected.get("result") instanceof ObjectNode result) {
        result.remove(leftOut);
      }
      json.set("expect", expected);
    }
    add(test);
  }

  /** One request of a story. */
  record Step(String op, ObjectNode input) {}

  ObjectNode file() {
    ObjectNode file = Json.object("topic", topic, "version", 1);
    file.putArray("tests").addAll(tests.values());
    return file;
  }

  private ObjectNode begin(String clauses, String comment, String result) {
    ObjectNode test =
        Json.object("id", topic + String.format(Locale.ROOT, "-%04d", tests.size() + 1));
    ArrayNode cited = test.putArray("clauses");
    for (String clause : clauses.split(" ", -1)) {
      cited.add(ClauseRevisions.cite(clause));
    }
    return test.put("level", "MUST").put("comment", comment).put("result", result);
  }

  private String add(ObjectNode test) {
    String id = test.get("id").textValue();
    tests.put(id, test);
    return id;
  }

  private ObjectNode rejection(String op, ObjectNode input, RejectedAs outcome, String comment) {
    OracleAnswer answer = oracle.answer(op, input);
    if (answer instanceof OracleAnswer.Rejected rejected && rejected.outcome() == outcome) {
      return rejected.detail();
    }
    throw new IllegalStateException(
        topic + ": " + comment + ": not " + outcome.text() + " but " + answer);
  }

  private ObjectNode expectation(Step step) {
    return oracle
        .answer(step.op(), step.input())
        .match(
            result -> Json.object("result", shortened(result.fields())),
            rejected ->
                rejected.detail().isEmpty()
                    ? Json.object("rejected", rejected.outcome().text())
                    : Json.object(
                        "rejected", rejected.outcome().text(), "detail", rejected.detail()),
            failed -> {
              throw new IllegalStateException(step.op() + ": " + failed.reason());
            });
  }

  /** Long bytes are given by length and digest. */
  static ObjectNode shortened(ObjectNode output) {
    ObjectNode result = Json.object();
    for (Map.Entry<String, JsonNode> field : output.properties()) {
      boolean tooLong =
          field.getValue() instanceof TextNode text && text.textValue().length() > LONGEST_OUTPUT;
      if (tooLong) {
        byte[] bytes = Sample.bytes(field.getValue().textValue());
        result.set(
            field.getKey() + "Digest",
            Json.object("sha256", Sample.hex(Sha256.of(bytes).toArray()), "length", bytes.length));
      } else {
        result.set(field.getKey(), field.getValue());
      }
    }
    return result;
  }
}
