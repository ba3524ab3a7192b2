package lockstep.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lockstep.oracle.Oracle;
import lockstep.oracle.OracleAnswer;
import lockstep.oracle.RejectedAs;

/**
 * The hostile cases of one topic as they are made. A case is a base, in which all is right, and a
 * JSON merge patch (RFC 7396) of its input. What is harmless is as the oracle answers it.
 */
final class HostileDraft {

  static final String OP = "restore.run";

  private static final Map<String, Supplier<ForgedRepository>> BASES = new LinkedHashMap<>();

  static {
    BASES.put("tree", ForgedRepository::tree);
    BASES.put("two-chunks", () -> ForgedRepository.file("two-chunks", 17_000));
    BASES.put("three-chunks", () -> ForgedRepository.file("three-chunks", 33_000));
    BASES.put("full-chunk", () -> ForgedRepository.file("full-chunk", 16_384));
  }

  private final String topic;
  private final Oracle oracle;
  private final boolean asksAll;
  private final List<ObjectNode> cases = new ArrayList<>();
  private final Map<String, ObjectNode> inputs = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  private String base = "tree";
  private String attack = "";

  /**
   * @param asksAll whether the oracle is asked of what is to be refused, too
   */
  HostileDraft(String topic, Oracle oracle, boolean asksAll) {
    this.topic = topic;
    this.oracle = oracle;
    this.asksAll = asksAll;
  }

  /** What follows is of that class of attack and starts from that base. */
  HostileDraft attack(String name, String from) {
    HostileSources.require(name);
    attack = name;
    base = from;
    return this;
  }

  /** A case that must be refused as damaged. */
  void damaged(String clauses, String change, Consumer<ForgedRepository> edit) {
    rejected(clauses, RejectedAs.DAMAGED, change, edit);
  }

  /** A case that must be refused with that outcome. */
  void rejected(
      String clauses, RejectedAs outcome, String change, Consumer<ForgedRepository> edit) {
    rejected(clauses, outcome, Json.object(), change, edit);
  }

  /** A case that must be refused with that outcome, which has more to tell. */
  void rejected(
      String clauses,
      RejectedAs outcome,
      ObjectNode detail,
      String change,
      Consumer<ForgedRepository> edit) {
    ObjectNode expected = Json.object("rejected", outcome.text());
    if (!detail.isEmpty()) {
      expected.set("detail", detail);
    }
    ObjectNode input = input(edit);
    if (asksAll && !outcome(input, !detail.isEmpty()).equals(expected.toString())) {
      faults.add(topic + ": " + change + ": " + outcome(input, true));
    }
    add(clauses, change, input, expected);
  }

  /** A case that looks hostile and is none: all of it comes back. */
  void harmless(String clauses, String change, Consumer<ForgedRepository> edit) {
    ObjectNode input = input(edit);
    if (oracle.answer(OP, input) instanceof OracleAnswer.Result result) {
      add(clauses, change, input, Json.object("result", shortened(result.fields())));
    } else {
      faults.add(topic + ": " + change + ": " + outcome(input, true));
    }
  }

  private ObjectNode input(Consumer<ForgedRepository> edit) {
    ForgedRepository made = BASES.get(base).get();
    edit.accept(made);
    return made.input();
  }

  private String outcome(ObjectNode input, boolean detailed) {
    OracleAnswer came = oracle.answer(OP, input);
    if (!(came instanceof OracleAnswer.Rejected rejected)) {
      return came.toString();
    }
    ObjectNode outcome = Json.object("rejected", rejected.outcome().text());
    return (detailed ? Json.with(outcome, "detail", rejected.detail()) : outcome).toString();
  }

  private void add(String clauses, String change, ObjectNode input, ObjectNode expected) {
    ObjectNode before = inputs.computeIfAbsent(base, name -> BASES.get(name).get().input());
    JsonNode patch = patch(before, input);
    if (patch.isEmpty()) {
      faults.add(topic + ": " + change + ": changes nothing");
    }
    ObjectNode made = Json.object("id", id(), "class", attack);
    ArrayNode cited = made.putArray("clauses");
    for (String clause : clauses.split(" ", -1)) {
      cited.add(ClauseRevisions.cite(clause));
    }
    made.put("change", change).put("base", base);
    made.set("patch", patch);
    made.set("outcome", expected);
    cases.add(made);
  }

  private String id() {
    return "hostile-" + topic + String.format(Locale.ROOT, "-%04d", cases.size() + 1);
  }

  /**
   * The file.
   *
   * @throws IllegalStateException naming every case whose outcome is not as stated
   */
  ObjectNode file() {
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join("\n", faults));
    }
    ObjectNode file = Json.object("corpus", topic, "version", 1);
    file.putArray("cases").addAll(cases);
    return file;
  }

  /** The bases and what must come of them as they are. */
  static ObjectNode bases(Oracle oracle) {
    ObjectNode file = Json.object("corpus", "bases", "version", 1);
    ObjectNode bases = file.putObject("bases");
    BASES.forEach(
        (name, maker) -> {
          ObjectNode input = maker.get().input();
          ObjectNode result =
              oracle
                  .answer(OP, input)
                  .match(
                      OracleAnswer.Result::fields,
                      rejected -> {
                        throw new IllegalStateException(name + " is refused: " + rejected);
                      },
                      failed -> {
                        throw new IllegalStateException(failed.reason());
                      });
          bases.set(name, Json.object("op", OP, "input", input, "result", shortened(result)));
        });
    return file;
  }

  private static ObjectNode shortened(ObjectNode result) {
    ObjectNode shown = result.deepCopy();
    ArrayNode entries = shown.putArray("entries");
    result.get("entries").forEach(entry -> entries.add(Draft.shortened((ObjectNode) entry)));
    return shown;
  }

  /** The merge patch that makes {@code after} of {@code before}. */
  private static JsonNode patch(JsonNode before, JsonNode after) {
    if (!before.isObject() || !after.isObject()) {
      return after;
    }
    ObjectNode patch = Json.object();
    before
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!after.has(name)) {
                patch.set(name, NullNode.getInstance());
              }
            });
    after
        .properties()
        .forEach(
            field -> {
              JsonNode old = before.path(field.getKey());
              if (!old.equals(field.getValue())) {
                patch.set(field.getKey(), patch(old, field.getValue()));
              }
            });
    return patch;
  }
}
