package lockstep.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One answer a line, whatever the line. */
class OracleServiceProperties {

  private static final String GOOD =
      "{\"id\":\"good\",\"op\":\"padme\",\"input\":{\"length\":300}}";
  private static final String KEY = "00".repeat(32);

  @Property(tries = 300)
  @Verifies({"ORC-1", "ORC-2", "ORC-4"})
  void anyBytesGetOneAnswerAndTheNextLineIsServed(@ForAll byte[] noise) {
    byte[] line = noise.clone();
    for (int i = 0; i < line.length; i++) {
      line[i] = line[i] == '\n' ? (byte) 'n' : line[i];
    }
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    requests.writeBytes(line);
    requests.writeBytes(("\n" + GOOD).getBytes(StandardCharsets.UTF_8));
    List<String> answers = new Asking().lines(requests.toByteArray());
    assertThat(answers).hasSize(2);
    assertThat(Asking.json(answers.get(0)).has("error")).isTrue();
    assertThat(answers.get(1)).isEqualTo("{\"id\":\"good\",\"result\":{\"paddedLength\":304}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "{\"op\"                                                 | bad JSON",
        "[]                                                      | a request is one JSON object",
        "3                                                       | a request is one JSON object",
        "{} {}                                                   | bad JSON",
        "{\"op\":\"padme\",\"op\":\"padme\"}                     | bad JSON",
        "{\"input\":{}}                                          | missing field op",
        "{\"op\":7}                                              | missing field op",
        "{\"op\":\"nope\",\"input\":{}}                          | unknown op nope",
        "{\"op\":\"padme\",\"input\":[]}                         | field input is not an object",
        "{\"op\":\"padme\"}                                      | missing field length",
        "{\"op\":\"padme\",\"input\":{\"length\":null}}          | missing field length",
        "{\"op\":\"padme\",\"input\":{\"length\":\"1\"}}         | field length is not a whole"
            + " number",
        "{\"op\":\"padme\",\"input\":{\"length\":1.5}}           | field length is not a whole"
            + " number",
        "{\"op\":\"padme\",\"input\":{\"length\":1,\"x\":2}}     | unknown field x",
        "{\"op\":\"chunked.open\",\"input\":{\"context\":\"0\"}} | field context is not lower-case"
            + " hex",
        "{\"op\":\"chunked.open\",\"input\":{\"context\":\"AB\"}} | field context is not lower-case"
            + " hex",
        "{\"op\":\"chunked.open\",\"input\":{\"context\":\"zz\"}} | field context is not lower-case"
            + " hex",
        "{\"op\":\"chunked.open\",\"input\":{\"context\":8}}     | field context is not text",
      })
  @Verifies("ORC-2")
  void aWrongRequestIsAnErrorWithItsReason(String line, String reason) {
    List<JsonNode> answers = new Asking().answers(line.strip(), GOOD);
    assertThat(answers.get(0).path("error").asText()).startsWith(reason);
    assertThat(answers.get(0).size()).isEqualTo(1);
    assertThat(answers.get(1).has("result")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"31, ''", "33, ''", "0, ''"})
  @Verifies("ORC-3")
  void hexOfAWrongLengthIsRejected(int length, String context) {
    JsonNode answer =
        new Asking()
            .ask(
                "chunked.open",
                Asking.input("key", "00".repeat(length), "context", context, "ciphertext", ""));
    assertThat(answer.path("rejected").asText()).isEqualTo("Malformed");
  }

  /** A head of number 0 is one that every reader has to refuse, so nobody is told to make one. */
  @ParameterizedTest
  @CsvSource({"0, false", "-1, false", "1, true", "9223372036854775807, true"})
  @Verifies("HED-6")
  void noHeadIsMadeOrNamedForABackupOfNumberZero(long number, boolean taken) {
    ObjectNode owner = Asking.input("rootKey", KEY, "account", "alice");
    ObjectNode manifest =
        Asking.input("objectId", "00".repeat(16), "digest", KEY)
            .put("backupNumber", number)
            .put("contentBytes", 1);
    ObjectNode head = owner.deepCopy().put("createdAt", 1);
    head.set("manifest", manifest);
    String kind = taken ? "result" : "rejected";
    assertThat(new Asking().ask("head.seal", head).has(kind)).isTrue();
    JsonNode named = new Asking().ask("backup.names", owner.put("backupNumber", number));
    assertThat(named.has(kind)).isTrue();
    assertThat(named.path("rejected").asText()).isEqualTo(taken ? "" : "Malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "-0.10", "1e5", "\"a\"", "\"\\ud800\"", "null", "[1,{\"a\":true}]", "{}"})
  @Verifies("ORC-1")
  void anyIdComesBack(String id) {
    String line = "{\"id\":" + id + ",\"op\":\"padme\",\"input\":{\"length\":300}}";
    assertThat(new Asking().answers(line).get(0).get("id")).isEqualTo(Asking.json(id));
  }

  @Test
  @Verifies("ORC-4")
  void aLineOfAHundredMegabytesIsAnErrorAndTheNextIsServed() throws IOException {
    byte[] megabyte = new byte[1 << 20];
    Arrays.fill(megabyte, (byte) '[');
    Stream<byte[]> parts =
        Stream.concat(
            Collections.nCopies(100, megabyte).stream(),
            Stream.of(("\n" + GOOD + "\n").getBytes(StandardCharsets.UTF_8)));
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    service()
        .serve(
            new SequenceInputStream(
                Collections.enumeration(parts.map(ByteArrayInputStream::new).toList())),
            answers);
    List<String> lines = answers.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("more than 16777216 bytes");
    assertThat(lines.get(1)).contains("304");
  }

  @Test
  @Verifies("ORC-4")
  void ofALongLineNoMoreIsHeldThanIsServed() throws IOException {
    byte[] line = new byte[3 * RequestLines.LIMIT_BYTES];
    RequestLines lines = new RequestLines(new ByteArrayInputStream(line), () -> {});
    assertThat(lines.next()).isTrue();
    assertThat(lines.isTooLong()).isTrue();
    assertThat(lines.buffer().length).isLessThanOrEqualTo(RequestLines.LIMIT_BYTES);
    assertThat(lines.next()).isFalse();
  }

  @Test
  @Verifies("ORC-4")
  void aLineOfSixteenMebibytesIsServed() {
    String plain = "{\"op\":\"chunked.seal\",\"input\":{\"key\":\"" + KEY + "\",\"context\":\"\",";
    int room = (16 << 20) - plain.length() - "\"plaintext\":\"\"}}".length();
    String line = plain + "\"plaintext\":\"" + "ab".repeat(room / 2) + "\"}}";
    String longest = line + " ".repeat((16 << 20) - line.length());
    JsonNode answer = new Asking().answers(longest).get(0);
    assertThat(answer.path("result").path("ciphertext").asText()).hasSizeGreaterThan(room);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  @Verifies("ORC-4")
  void aDeepNestIsAnError(String opening) {
    List<JsonNode> answers = new Asking().answers(opening.repeat(100_000), GOOD);
    assertThat(answers.get(0).path("error").asText()).contains("nesting depth");
    assertThat(answers.get(1).has("result")).isTrue();
  }

  @Test
  @Verifies({"ORC-1", "ORC-4"})
  void anAnswerComesBeforeTheNextRequestIsSent() throws Exception {
    PipedOutputStream toOracle = new PipedOutputStream();
    PipedInputStream requests = new PipedInputStream(toOracle, 1 << 16);
    PipedInputStream fromOracle = new PipedInputStream(1 << 16);
    PipedOutputStream answers = new PipedOutputStream(fromOracle);
    Thread server =
        new Thread(
            () -> {
              try (answers) {
                service().serve(requests, answers);
              } catch (IOException closed) {
                throw new UncheckedIOException(closed);
              }
            });
    server.start();
    for (int i = 0; i < 3; i++) {
      toOracle.write((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
      toOracle.flush();
      StringBuilder line = new StringBuilder();
      for (int one = fromOracle.read(); one != '\n' && one >= 0; one = fromOracle.read()) {
        line.append((char) one);
      }
      assertThat(line).contains("304");
    }
    toOracle.close();
    assertThat(fromOracle.read()).isNegative();
    server.join();
  }

  private static OracleService service() {
    return new OracleService(new Oracle("1", new SecureRandom()));
  }
}
