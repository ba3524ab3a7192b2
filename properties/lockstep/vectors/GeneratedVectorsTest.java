package lockstep.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.evidence.Vector;
import lockstep.oracle.Oracle;
import lockstep.oracle.OracleAnswer;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** The committed vectors are what the reference makes, and what the oracle answers. */
@Vector
@ByConstruction("the clause is about the files, which the test reads")
class GeneratedVectorsTest {

  private static final Path SPEC = Path.of(System.getProperty("lockstep.basedir", "."), "spec");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long MOST_BYTES = 2_000_000;

  @Test
  @Verifies({"ORC-7", "ORC-5"})
  void everyFileIsAsTheReferenceMakesIt() throws IOException {
    Map<String, byte[]> made = VectorFiles.generate();
    long bytes = 0;
    for (Map.Entry<String, byte[]> file : made.entrySet()) {
      Path path = SPEC.resolve("vectors").resolve(file.getKey());
      assertThat(Files.readAllBytes(path))
          .as(
              file.getKey()
                  + ": if this is meant, run mvn exec:exec@vectors -Dvectors.write=--write")
          .isEqualTo(file.getValue());
      bytes += file.getValue().length;
    }
    Set<String> ours = new TreeSet<>(committed().keySet());
    ours.removeIf(name -> name.startsWith("model-"));
    assertThat(ours).isEqualTo(made.keySet());
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Test
  @Verifies({"ORC-7", "ORC-3"})
  void theOracleAnswersEveryVector() throws IOException {
    Oracle oracle = new Oracle("1", new SecureRandom());
    int answered = 0;
    for (JsonNode file : committed().values()) {
      for (JsonNode test : file.get("tests")) {
        assertThat(differences(oracle, test)).as(test.get("id").asText()).isEmpty();
        answered++;
      }
    }
    assertThat(answered).isGreaterThan(800);
  }

  @Test
  void aVectorThatSaysAnotherResultIsNoticed() throws IOException {
    Oracle oracle = new Oracle("1", new SecureRandom());
    ObjectNode valid = test("keys", "valid");
    ((ObjectNode) valid.get("output")).put("key", "00".repeat(32));
    assertThat(differences(oracle, valid)).isNotEmpty();
    ObjectNode negative = test("payload", "Damaged");
    assertThat(differences(oracle, negative.deepCopy().put("result", "Malformed"))).isNotEmpty();
    negative.set("input", test("payload", "valid").get("input"));
    assertThat(differences(oracle, negative)).isNotEmpty();
  }

  @Test
  void everyClauseThatAVectorCitesIsActive() throws IOException {
    Set<String> active =
        Files.readAllLines(SPEC.resolve("clauses.lock")).stream()
            .map(line -> line.split(" ", -1))
            .filter(words -> words.length > 2 && words[2].equals("active"))
            .map(words -> words[0] + words[1])
            .collect(Collectors.toSet());
    for (JsonNode file : committed().values()) {
      for (JsonNode test : file.get("tests")) {
        test.get("clauses")
            .forEach(
                clause -> assertThat(active).as(test.get("id").asText()).contains(clause.asText()));
      }
    }
  }

  /** Our files by name; the published sets have no topic. */
  static Map<String, JsonNode> committed() throws IOException {
    Map<String, JsonNode> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(SPEC.resolve("vectors"))) {
      for (Path path : paths.filter(one -> one.toString().endsWith(".json")).toList()) {
        JsonNode file = MAPPER.readTree(path.toFile());
        if (file.has("topic")) {
          files.put(path.getFileName().toString(), file);
        }
      }
    }
    return files;
  }

  /** The first test of a topic with that result. */
  static ObjectNode test(String topic, String result) throws IOException {
    for (JsonNode test : committed().get(topic + ".json").get("tests")) {
      if (test.get("result").asText().equals(result)) {
        return test.deepCopy();
      }
    }
    throw new IllegalArgumentException(topic + " has no test that is " + result);
  }

  private static List<String> differences(Oracle oracle, JsonNode test) {
    if (!test.has("steps")) {
      return difference(oracle, test, expectation(test));
    }
    List<String> differences = new ArrayList<>();
    for (JsonNode step : test.get("steps")) {
      differences.addAll(difference(oracle, step, step.get("expect")));
    }
    return differences;
  }

  private static ObjectNode expectation(JsonNode test) {
    ObjectNode expected = MAPPER.createObjectNode();
    if (test.get("result").asText().equals("valid")) {
      return expected.set("result", test.get("output"));
    }
    expected.set("rejected", test.get("result"));
    return test.has("detail") ? expected.set("detail", test.get("detail")) : expected;
  }

  private static List<String> difference(Oracle oracle, JsonNode asked, JsonNode expected) {
    OracleAnswer answer = oracle.answer(asked.get("op").asText(), (ObjectNode) asked.get("input"));
    JsonNode came =
        reread(
            answer.match(
                result -> MAPPER.createObjectNode().set("result", Draft.shortened(result.fields())),
                rejected -> {
                  ObjectNode json =
                      MAPPER.createObjectNode().put("rejected", rejected.outcome().text());
                  return rejected.detail().isEmpty() ? json : json.set("detail", rejected.detail());
                },
                failed -> MAPPER.createObjectNode().put("error", failed.reason())));
    if (asked.has("expect") && came.get("result") instanceof ObjectNode result) {
      retain(result, expected.path("result"));
    }
    if (asked.has("expect") && came.get("detail") instanceof ObjectNode detail) {
      retain(detail, expected.path("detail"));
      if (!expected.has("detail")) {
        ((ObjectNode) came).remove("detail");
      }
    }
    return came.equals(expected) ? List.of() : List.of(expected + " but " + came);
  }

  /** A story asks for some fields only. */
  private static void retain(ObjectNode came, JsonNode expected) {
    came.retain(expected.properties().stream().map(Map.Entry::getKey).toList());
    came.properties()
        .forEach(
            field -> {
              if (field.getValue() instanceof ObjectNode within) {
                retain(within, expected.get(field.getKey()));
              }
            });
  }

  /** As a reader of the file reads it, so that numbers compare alike. */
  private static JsonNode reread(JsonNode made) {
    try {
      return MAPPER.readTree(made.toString());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
