package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import lockstep.adapter.durable.DurableStep;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** One JSON object on standard output, text for people beside it. */
class AnswerPrinterProperties {

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Property(tries = 200)
  @Verifies("CLI-5")
  void jsonIsOneObjectWhateverTheTextHolds(
      @ForAll Outcome outcome, @ForAll String sentence, @ForAll List<String> names, @ForAll long n)
      throws Exception {
    Answer answer =
        Answer.of(outcome, sentence, "next").with("names", names).with("n", n).with("flag", true);
    AnswerPrinter.print(answer, true, surroundings());
    JsonNode json = new ObjectMapper().readTree(output.toByteArray());
    assertThat(json.get("outcome").asText()).isEqualTo(outcome.jsonName());
    assertThat(json.get("exitCode").asInt()).isEqualTo(outcome.exitCode());
    assertThat(json.get("names")).hasSize(names.size());
    assertThat(json.get("n").asLong()).isEqualTo(n);
    assertThat(json.get("flag").asBoolean()).isTrue();
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("next");
  }

  @Property(tries = 200)
  @Verifies("CLI-11~2")
  void aNameDoesNotSpeakToTheTerminal(@ForAll String name) {
    Answer answer =
        Answer.refused("There is " + name, "Remove it.").withDetail("\u001b[2J" + name + "\n");
    AnswerPrinter.print(answer, false, surroundings());
    String printed = errors.toString(StandardCharsets.UTF_8);
    assertThat(printed.chars().filter(Character::isISOControl).filter(c -> c != '\n')).isEmpty();
    assertThat(printed.chars().filter(c -> c == '\n')).hasSize(3);
  }

  @Example
  @Verifies("CLI-11~2")
  void neitherPeopleNorJsonGetWhatTurnsOrHidesText() {
    String name =
        "a\u202egpj.exe\u200b\u2066b\u009b31m\u007f\u2028\ufeff\u00ad\udb40\udc41\ud83dend";
    Answer answer = Answer.done("There is " + name).withDetail(name).with("name", name);
    AnswerPrinter.print(answer, true, surroundings());
    String people = errors.toString(StandardCharsets.UTF_8);
    assertThat(people.lines().skip(1))
        .containsExactly(
            "a\ufffdgpj.exe\ufffd\ufffdb\ufffd31m\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdend");
    String json = output.toString(StandardCharsets.UTF_8);
    assertThat(json.chars().filter(c -> c != '\n')).allMatch(c -> c >= ' ' && c <= '~');
    assertThat(json).contains("\\u202E").contains("\\u009B").contains("\\u007F");
    AnswerPrinter.print(
        Answer.done("\u30d5\u30a1\u1112\u1161 \u0645\ud83d\ude00"), false, surroundings());
    assertThat(output.toString(StandardCharsets.UTF_8))
        .isEqualTo("\u30d5\u30a1\u1112\u1161 \u0645\ud83d\ude00\n");
  }

  @Example
  @Verifies("CLI-4")
  void everyOutcomeHasTheCodeOfTheSpec() {
    assertThat(List.of(Outcome.values()).stream().map(Outcome::exitCode))
        .containsExactly(0, 1, 2, 3, 10, 11, 12, 13, 14, 20, 21, 30, 31, 40, 41, 50, 51);
  }

  @Example
  @Verifies("USR-3")
  void anOutcomeThatIsNoSuccessMustSayWhatMayBeDone() {
    assertThatThrownBy(() -> Answer.refused("No.", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  @Verifies("CLI-5")
  void withoutJsonPeopleReadSuccessOnOutputAndTroubleOnErrors() {
    AnswerPrinter.print(Answer.done("It is done."), false, surroundings());
    AnswerPrinter.print(Answer.refused("Refused.", "Do this."), false, surroundingsKeepingOutput());
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("It is done.").doesNotContain("R");
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("Refused.").contains("Do this.");
  }

  private Surroundings surroundings() {
    output.reset();
    errors.reset();
    return surroundingsKeepingOutput();
  }

  private Surroundings surroundingsKeepingOutput() {
    return new Surroundings(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(output, true, StandardCharsets.UTF_8),
        new PrintStream(errors, true, StandardCharsets.UTF_8),
        null,
        Map.of(),
        Clock.systemUTC(),
        () -> lockstep.device.state.Stretching.STANDARD,
        DurableStep.NONE);
  }
}
