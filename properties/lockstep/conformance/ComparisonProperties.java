package lockstep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import lockstep.spec.Verifies;
import lockstep.wire.Sha256;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What counts as the expected answer, and what does not. */
class ComparisonProperties {

  private static String difference(String expected, String came) {
    return Comparison.difference(Cases.json(expected), Cases.json(came)).orElse("none");
  }

  @Example
  @Verifies("CNF-4")
  void everyExpectedFieldHasToBeThereAndEqual() {
    assertThat(difference("{\"a\":1}", "{\"a\":1,\"b\":2}")).isEqualTo("none");
    assertThat(difference("{\"a\":1,\"b\":2}", "{\"a\":1}")).isEqualTo("b");
    assertThat(difference("{\"a\":\"0a\"}", "{\"a\":\"0A\"}")).isEqualTo("a");
    assertThat(difference("{\"a\":{\"b\":[1,2]}}", "{\"a\":{\"b\":[1,3]}}")).isEqualTo("a.b[1]");
    assertThat(difference("{\"a\":[1]}", "{\"a\":[1,2]}")).isEqualTo("a");
    assertThat(difference("{\"a\":1}", "{\"a\":\"1\"}")).isEqualTo("a");
    assertThat(difference("{\"a\":1}", "{\"a\":1.0}")).isEqualTo("a");
    assertThat(difference("{\"a\":false}", "{}")).isEqualTo("a");
  }

  @Property(tries = 100)
  @Verifies("CNF-4")
  void aDigestStandsForALongValue(@ForAll byte[] value) {
    String digest =
        "{\"aDigest\":{\"sha256\":\"%s\",\"length\":%d}}"
            .formatted(HexFormat.of().formatHex(Sha256.of(value).toArray()), value.length);
    String hex = HexFormat.of().formatHex(value);
    assertThat(difference(digest, "{\"a\":\"" + hex + "\"}")).isEqualTo("none");
    assertThat(difference(digest, "{\"a\":\"" + hex + "00\"}")).isEqualTo("a");
    assertThat(difference(digest, "{\"a\":\"" + hex + "0\"}")).isEqualTo("a");
    assertThat(difference(digest, "{}")).isEqualTo("a");
  }

  @Example
  @Verifies("CNF-4")
  void anAnswerOfAnotherKindIsWrong() {
    assertThat(passes("{\"rejected\":\"Damaged\"}", new Answer.Rejected("Damaged"))).isTrue();
    assertThat(passes("{\"rejected\":\"Damaged\"}", new Answer.Rejected("Malformed"))).isFalse();
    assertThat(passes("{\"rejected\":\"Damaged\"}", Cases.result("{}"))).isFalse();
    assertThat(passes("{\"rejected\":\"Damaged\"}", new Answer.Failed("Damaged"))).isFalse();
    assertThat(passes("{\"result\":{}}", Cases.result("{\"x\":1}"))).isTrue();
    assertThat(passes("{\"result\":{}}", new Answer.Rejected("Damaged"))).isFalse();
    assertThat(passes("{\"error\":\"why\"}", new Answer.Failed("another reason"))).isTrue();
    assertThat(passes("{\"error\":\"why\"}", Cases.result("{}"))).isFalse();
  }

  @Example
  @Verifies("CNF-4")
  void whatARejectionTellsCountsWhereItIsExpected() {
    String expected = "{\"rejected\":\"Locked\",\"detail\":{\"until\":5}}";
    assertThat(passes(expected, new Answer.Rejected("Locked", Cases.json("{\"until\":5}"))))
        .isTrue();
    assertThat(passes(expected, new Answer.Rejected("Locked", Cases.json("{\"until\":6}"))))
        .isFalse();
    assertThat(passes(expected, new Answer.Rejected("Locked"))).isFalse();
  }

  private static boolean passes(String expected, Answer came) {
    TestCase test = Cases.of("a-1", "op", expected);
    return new CaseRun(Cases.answering(came), Set.of("op")).judge(test) instanceof Verdict.Passed;
  }

  @Example
  @Verifies("CNF-4")
  void aTesteeNumbersItsAttemptsAsItLikes() {
    ReferenceTestee reference = new ReferenceTestee();
    Testee renumbering =
        new Testee() {
          @Override
          public Answer answer(String op, JsonNode input) {
            return reversed(reference.answer(op, Cases.json(mirror(input.toString()))));
          }

          private Answer reversed(Answer answer) {
            return answer instanceof Answer.Result result
                ? Cases.result(mirror(result.value().toString()))
                : answer;
          }

          @Override
          public void restart() {
            reference.restart();
          }
        };
    ConformanceReport report =
        Conformance.standard()
            .withProfiles(Set.of("limiter"))
            .withSchedules(5, 5)
            .examine(renumbering);
    assertThat(report.failures()).isEmpty();
  }

  /** Turns an attempt's number around; what is no attempt stays. */
  private static String mirror(String json) {
    return Pattern.compile("(\"attempt\":\")([0-9a-f]{32})")
        .matcher(json)
        .replaceAll(found -> found.group(1) + new StringBuilder(found.group(2)).reverse());
  }
}
