package lockstep.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Verifies;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions decide as the machine does, and named randomness is used. */
class OracleSessionsProperties {

  private static final String NEW =
      "{\"op\":\"vault.new\",\"input\":{\"policy\":{\"attempts\":3,\"rounds\":2,\"waitSeconds\":60},"
          + "\"now\":1000,\"vaultSeed\":\""
          + "01".repeat(32)
          + "\",\"messengerSeed\":\""
          + "02".repeat(32)
          + "\"}}";
  private static final String ATTEMPT = "{\"op\":\"attempt\",\"input\":{\"account\":\"alice\"}}";

  @Provide
  Arbitrary<List<String>> schedules() {
    return Arbitraries.of(
            ATTEMPT,
            ATTEMPT,
            finish(4, false),
            finish(5, false),
            finish(6, true),
            "{\"op\":\"register\",\"input\":{\"account\":\"alice\"}}",
            "{\"op\":\"abandon\",\"input\":{\"attempt\":\"" + id(5) + "\"}}",
            "{\"op\":\"advance\",\"input\":{\"seconds\":61}}",
            "{\"op\":\"advance\",\"input\":{\"seconds\":-30}}",
            "{\"op\":\"observe\",\"input\":{\"account\":\"alice\"}}",
            "{\"op\":\"disable\",\"input\":{\"account\":\"alice\",\"authority\":\"signature\"}}")
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 100)
  @Verifies("ORC-6")
  void theSameRequestsGetTheSameDecisions(@ForAll("schedules") List<String> schedule) {
    List<String> requests = new ArrayList<>(List.of(NEW));
    requests.addAll(schedule);
    String[] lines = requests.toArray(String[]::new);
    List<JsonNode> answers = new Asking().answers(lines);
    assertThat(new Asking().answers(lines)).isEqualTo(answers);
    assertThat(answers).noneMatch(answer -> answer.has("error"));
  }

  @Test
  @Verifies("ORC-6")
  void threeWrongProofsLockAndThreeMoreDestroy() {
    Asking oracle = new Asking();
    oracle.answers(NEW, "{\"op\":\"register\",\"input\":{\"account\":\"alice\"}}");
    assertThat(failures(oracle)).isEqualTo(3);
    assertThat(oracle.answers(ATTEMPT).get(0).path("rejected").asText()).isEqualTo("Locked");
    oracle.answers("{\"op\":\"advance\",\"input\":{\"seconds\":60}}");
    assertThat(failures(oracle)).isEqualTo(3);
    assertThat(oracle.answers(ATTEMPT).get(0).path("rejected").asText()).isEqualTo("Destroyed");
  }

  @Test
  @Verifies("ORC-6")
  void sessionsAreApart() {
    Asking oracle = new Asking();
    oracle.answers(NEW, NEW.replace("{\"policy\"", "{\"session\":\"b\",\"policy\""));
    oracle.answers("{\"op\":\"register\",\"input\":{\"account\":\"alice\"}}");
    String other = "{\"op\":\"attempt\",\"input\":{\"session\":\"b\",\"account\":\"alice\"}}";
    assertThat(oracle.answers(other).get(0).path("rejected").asText()).isEqualTo("NotEnrolled");
    assertThat(oracle.answers(ATTEMPT).get(0).has("result")).isTrue();
  }

  @Test
  @Verifies("ORC-6")
  void aSessionThatIsMadeAnewKnowsNobody() {
    Asking oracle = new Asking();
    oracle.answers(NEW, "{\"op\":\"register\",\"input\":{\"account\":\"alice\"}}");
    assertThat(oracle.answers(ATTEMPT).get(0).has("result")).isTrue();
    oracle.answers(NEW);
    assertThat(oracle.answers(ATTEMPT).get(0).path("rejected").asText()).isEqualTo("NotEnrolled");
  }

  @Test
  @Verifies("ORC-6")
  void theClockIsTurnedByRequestsAloneAndBackwardsToo() {
    Asking oracle = new Asking();
    oracle.answers(NEW);
    for (int seconds : new int[] {60, -30, 0}) {
      oracle.answers("{\"op\":\"advance\",\"input\":{\"seconds\":" + seconds + "}}");
    }
    JsonNode now = oracle.answers("{\"op\":\"advance\",\"input\":{\"seconds\":0}}").get(0);
    assertThat(now.path("result").path("now").asLong()).isEqualTo(31_000);
  }

  @Test
  @Verifies("ORC-5")
  void whatIsNotNamedIsDrawnAfreshAndTold() {
    Asking oracle = new Asking();
    JsonNode first = oracle.result("oprf.blind", Asking.input("input", "00"));
    JsonNode second = oracle.result("oprf.blind", Asking.input("input", "00"));
    assertThat(first).isNotEqualTo(second);
    JsonNode again =
        oracle.result(
            "oprf.blind", Asking.input("input", "00", "blind", first.get("blind").asText()));
    assertThat(again.get("blindedElement")).isEqualTo(first.get("blindedElement"));
    JsonNode ke1 = oracle.result("opaque.ke1", Asking.input("password", "61".repeat(8)));
    JsonNode repeated =
        oracle.result(
            "opaque.ke1",
            Asking.input(
                "password",
                "61".repeat(8),
                "blind",
                ke1.path("blind").asText(),
                "clientNonce",
                ke1.path("clientNonce").asText(),
                "clientKeyshareSeed",
                ke1.path("clientKeyshareSeed").asText()));
    assertThat(repeated.get("ke1")).isEqualTo(ke1.get("ke1"));
  }

  @ParameterizedTest
  @CsvSource({
    "opaque.ke1, blind, 31",
    "opaque.ke1, clientNonce, 33",
    "opaque.ke1, clientKeyshareSeed, 0",
    "opaque.ke1, blind, 32",
    "opaque.registrationRequest, blind, 33"
  })
  @Verifies("ORC-5")
  void namedRandomnessOfAWrongLengthOrValueIsMalformed(String op, String name, int length) {
    JsonNode answer =
        new Asking().ask(op, Asking.input("password", "61".repeat(8), name, "00".repeat(length)));
    assertThat(answer.path("rejected").asText()).isEqualTo("Malformed");
  }

  @Test
  @Verifies("ORC-5")
  void aNamedSaltIsTheSealedMessagesSalt() {
    String salt = "0a".repeat(24);
    JsonNode sealed =
        new Asking()
            .result(
                "chunked.seal",
                Asking.input(
                    "key", "00".repeat(32), "salt", salt, "context", "", "plaintext", "00"));
    assertThat(sealed.get("ciphertext").asText()).startsWith(salt);
  }

  private static int failures(Asking oracle) {
    int charged = 0;
    while (true) {
      JsonNode answer = oracle.answers(ATTEMPT).get(0);
      if (!answer.has("result")) {
        return charged;
      }
      charged++;
      String attempt = answer.get("result").get("attempt").asText();
      oracle.answers(
          "{\"op\":\"finish\",\"input\":{\"attempt\":\"" + attempt + "\",\"verified\":false}}");
    }
  }

  private static String finish(int attempt, boolean verified) {
    return "{\"op\":\"finish\",\"input\":{\"attempt\":\""
        + id(attempt)
        + "\",\"verified\":"
        + verified
        + "}}";
  }

  private static String id(int attempt) {
    return String.format("%032x", attempt);
  }
}
