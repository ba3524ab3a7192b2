package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lockstep.spec.Implements;

/**
 * Cases about the operations that no vector asks, so that every operation of a profile is asked.
 * What is expected is the reference's answer; a wrap, whose nonce nobody can name, is opened.
 */
@Implements("CNF-10")
final class Complements {

  private static final String BYTES =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  private final ReferenceTestee reference = new ReferenceTestee();
  private final List<TestCase> cases = new ArrayList<>();

  private Complements() {}

  /** All of them. */
  static List<TestCase> all() {
    Complements complements = new Complements();
    complements.stretching();
    complements.serverKey();
    complements.encodings();
    complements.wrap();
    return complements.cases;
  }

  private void stretching() {
    ObjectNode cheap = object().put("oprfOutput", BYTES);
    cheap.set("stretching", stretching(128, false));
    add("argon2id-1", "OPQ-5~2", "the tag of the parameters that are named", "argon2id", cheap);
    ObjectNode low = object().put("oprfOutput", BYTES);
    low.set("stretching", stretching(128, true));
    add("argon2id-2", "OPQ-5~2", "less memory than the floor", "argon2id", low);
  }

  private void serverKey() {
    ObjectNode setup = object().put("oprfSeed", BYTES).put("serverPrivateKey", BYTES);
    add(
        "server-key-1",
        "OPQ-1~1",
        "the key that goes with a setup",
        "opaque.serverPublicKey",
        setup);
    setup.put("serverPrivateKey", "00".repeat(32));
    add("server-key-2", "OPR-3~1", "zero is no key", "opaque.serverPublicKey", setup);
  }

  /** Receipts and tokens of the vectors, taken apart and put together again. */
  private void encodings() {
    Set<String> made = Set.of("receipt.sign", "token.sign");
    List<Step> steps =
        Vectors.bundled().stream()
            .flatMap(test -> test.steps().stream())
            .filter(step -> made.contains(step.op()) && step.expected().has("result"))
            .toList();
    for (Step step : steps) {
      String name = step.op().substring(0, step.op().indexOf('.'));
      String clause = name.equals("token") ? "AUT-2~1" : "RCP-1~2";
      String encoded = step.expected().get("result").get(name).textValue();
      String id = name + "-" + (cases.size() + 1);
      JsonNode apart =
          add(id, clause, "taken apart", name + ".decode", object().put(name, encoded));
      ObjectNode parts = ((ObjectNode) apart).deepCopy().retain("body", "signature");
      add(id + "-back", clause, "put together", name + ".encode", parts);
      ObjectNode longer = object().put(name, encoded + "00");
      add(id + "-longer", clause, "a byte too many", name + ".decode", longer);
    }
  }

  private void wrap() {
    ObjectNode input =
        object()
            .put("exportKey", BYTES)
            .put("account", "amara@example.org")
            .put("vaultPublicKey", BYTES)
            .put("generation", 3);
    input.putObject("policy").put("attempts", 5).put("rounds", 2).put("waitMillis", 86_400_000);
    input.set("stretching", stretching(65_536, true));
    ObjectNode checked = object().put("op", "rootkey.unwrap").put("field", "wrap");
    checked.set("input", input.deepCopy());
    checked.putObject("result").put("rootKey", BYTES);
    ObjectNode expected = object();
    expected.putObject("result");
    expected.set("checked", checked);
    input.put("rootKey", BYTES);
    cases.add(
        of(
            "wrap-1",
            "WRP-1~1",
            "a wrap opens",
            new Step("rootkey.wrap", input.deepCopy(), expected)));
  }

  private static ObjectNode stretching(int memoryKib, boolean floor) {
    ObjectNode parameters = object().put("memoryKib", memoryKib);
    parameters.put("passes", floor ? 3 : 1).put("lanes", floor ? 4 : 1);
    return floor ? parameters : parameters.put("floor", false);
  }

  /** One request with the reference's answer, which is given back where it is a result. */
  private JsonNode add(String id, String clause, String about, String op, ObjectNode input) {
    Answer answer = reference.answer(op, input);
    if (answer instanceof Answer.Failed failed) {
      throw new IllegalStateException(op + " is asked what is no request: " + failed.reason());
    }
    cases.add(of(id, clause, about, new Step(op, input.deepCopy(), answer.toJson())));
    return answer.toJson().path("result");
  }

  private static TestCase of(String id, String clause, String about, Step step) {
    return new TestCase(
        "complement-" + id,
        Vectors.home(List.of(step)),
        List.of(clause),
        false,
        about,
        List.of(step),
        object());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
