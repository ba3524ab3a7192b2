package lockstep.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lockstep.evidence.Vector;
import lockstep.oracle.Oracle;
import lockstep.oracle.RejectedAs;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The files are of the form that the schema gives, and each negative has its one difference. */
@Vector
@ByConstruction("the clause is about the files, which the test reads")
class VectorFormatVectorsTest {

  private static final Path SCHEMA =
      Path.of(System.getProperty("lockstep.basedir", "."), "spec", "vectors", "schema.json");

  @Test
  @Verifies("ORC-8")
  void everyNegativeDiffersFromItsSiblingInTheFieldItNames() throws IOException {
    long negatives = 0;
    for (JsonNode file : GeneratedVectorsTest.committed().values()) {
      assertThat(VectorLinter.faults(file)).isEmpty();
      negatives += file.findValues("mutation").size();
    }
    assertThat(negatives).isGreaterThan(300);
  }

  @Test
  void everyFileFitsTheSchema() throws IOException {
    JsonSchema schema = schema();
    for (var file : GeneratedVectorsTest.committed().entrySet()) {
      assertThat(schema.validate(file.getValue())).as(file.getKey()).isEmpty();
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("another difference", test -> input(test).put("context", "aa"), "context, too"),
        fault("no difference", VectorFormatVectorsTest::asSibling, "does not differ"),
        fault("another field named", test -> mutation(test).put("field", "key"), "ciphertext, too"),
        fault("another change", test -> mutation(test).put("change", "append"), "another kind"),
        fault("no sibling", test -> test.put("sibling", "payload-9999"), "not in the file"),
        fault("itself as sibling", test -> test.put("sibling", id(test)), "is not valid"),
        fault("another op", test -> test.put("op", "chunked.seal"), "another operation"),
        fault("an output", test -> test.putObject("output"), "has no output"),
        fault("a second field gone", test -> input(test).remove("key"), "key, too"),
        fault("an id twice", test -> test.put("id", "payload-0001"), "used twice"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  @Verifies("ORC-8")
  void aFaultyNegativeIsFound(String what, Consumer<ObjectNode> change, String finding)
      throws IOException {
    ObjectNode file = GeneratedVectorsTest.committed().get("payload.json").deepCopy();
    change.accept(flipped(file));
    assertThat(VectorLinter.faults(file)).anyMatch(fault -> fault.contains(finding));
  }

  static Stream<Arguments> mutations() {
    return Stream.of(
        Arguments.of(Mutation.flip("ciphertext", -1), RejectedAs.DAMAGED),
        Arguments.of(Mutation.flip("context", 0), RejectedAs.DAMAGED),
        Arguments.of(Mutation.cut("ciphertext", 1), RejectedAs.DAMAGED),
        Arguments.of(Mutation.cut("key", 1), RejectedAs.MALFORMED),
        Arguments.of(Mutation.append("ciphertext", "00"), RejectedAs.DAMAGED),
        Arguments.of(Mutation.replace("key", "07".repeat(32), "another"), RejectedAs.DAMAGED),
        Arguments.of(Mutation.swap("ciphertext", 0, 16, 16), RejectedAs.DAMAGED));
  }

  @ParameterizedTest
  @MethodSource("mutations")
  @Verifies("ORC-8")
  void aNegativeIsDraftedAsItsSiblingButForTheChangeItNames(Mutation mutation, RejectedAs outcome)
      throws IOException {
    ObjectNode opened = sibling(GeneratedVectorsTest.committed().get("payload.json").deepCopy());
    Draft draft = new Draft("payload", new Oracle("1", new SecureRandom()));
    String sibling = draft.valid("PAY-4", "opens", "chunked.open", input(opened));
    draft.negative(sibling, "PAY-4", outcome, mutation, "does not open");
    Mutation none = Mutation.set("key", input(opened).get("key").textValue(), "the same key");
    assertThatThrownBy(() -> draft.negative(sibling, "PAY-4", outcome, none, "opens all the same"))
        .isInstanceOf(IllegalStateException.class);
    ObjectNode file = draft.file();
    assertThat(VectorLinter.faults(file)).isEmpty();
    assertThat(file.get("tests")).hasSize(2);
    assertThat(file.at("/tests/0/input")).isEqualTo(input(opened));
    assertThat(file.at("/tests/1/sibling").asText()).isEqualTo(sibling);
    assertThat(file.at("/tests/1/mutation/field").asText()).isEqualTo(mutation.field());
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        fault("a field of no name", test -> test.put("extra", 1), ""),
        fault("no comment", test -> test.remove("comment"), ""),
        fault("no clause", test -> test.putArray("clauses"), ""),
        fault("a clause without revision", test -> test.putArray("clauses").add("PAY-1"), ""),
        fault("a level of no name", test -> test.put("level", "MAY"), ""),
        fault("a negative with output", test -> test.putObject("output"), ""),
        fault("no sibling", test -> test.remove("sibling"), ""),
        fault("no mutation", test -> test.remove("mutation"), ""),
        fault("more in a mutation", test -> mutation(test).put("extra", 1), ""),
        fault("a change of no name", test -> mutation(test).put("change", "twist"), ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misfits")
  void aFileOfAnotherFormIsFound(String what, Consumer<ObjectNode> change, String unused)
      throws IOException {
    ObjectNode file = GeneratedVectorsTest.committed().get("payload.json").deepCopy();
    change.accept(flipped(file));
    assertThat(schema().validate(file)).isNotEmpty();
  }

  private static Arguments fault(String what, Consumer<ObjectNode> change, String finding) {
    return Arguments.of(what, change, finding);
  }

  /** A test that flips a bit of a ciphertext, in a file. */
  private static ObjectNode flipped(ObjectNode file) {
    for (JsonNode test : file.get("tests")) {
      if (test.path("mutation").path("change").asText().equals("flipBit")
          && mutation((ObjectNode) test).get("field").asText().equals("ciphertext")) {
        return (ObjectNode) test;
      }
    }
    throw new IllegalStateException("no such test");
  }

  /** The test whose ciphertext has a bit flipped in another. */
  private static ObjectNode sibling(ObjectNode file) {
    String id = flipped(file).get("sibling").asText();
    for (JsonNode test : file.get("tests")) {
      if (test.get("id").asText().equals(id)) {
        return (ObjectNode) test;
      }
    }
    throw new IllegalStateException("no such test");
  }

  /** Takes the one changed bit back. */
  private static void asSibling(ObjectNode test) {
    String hex = input(test).get("ciphertext").asText();
    int place = 2 * Integer.parseInt(mutation(test).get("detail").asText().replaceAll(".* ", ""));
    int digit = Character.digit(hex.charAt(place + 1), 16) ^ 1;
    String back = hex.substring(0, place + 1) + Integer.toHexString(digit);
    input(test).put("ciphertext", back + hex.substring(place + 2));
  }

  private static ObjectNode input(ObjectNode test) {
    return (ObjectNode) test.get("input");
  }

  private static ObjectNode mutation(ObjectNode test) {
    return (ObjectNode) test.get("mutation");
  }

  private static String id(ObjectNode test) {
    return test.get("id").asText();
  }

  private static JsonSchema schema() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(Files.readString(SCHEMA));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
  }
}
