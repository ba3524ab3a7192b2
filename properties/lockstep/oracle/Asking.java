package lockstep.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Sends lines to an oracle as another process would, and reads its lines. */
public final class Asking {

  /** The version in the examples. */
  public static final String VERSION = "0.1.0";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final OracleService service = new OracleService(new Oracle(VERSION, new SecureRandom()));

  /** The lines of the answers, as they are. */
  public List<String> lines(byte[] requests) {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    try {
      service.serve(new ByteArrayInputStream(requests), answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answers.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The answers to some lines. */
  public List<JsonNode> answers(String... requests) {
    List<JsonNode> answers = new ArrayList<>();
    for (String line :
        lines((String.join("\n", requests) + "\n").getBytes(StandardCharsets.UTF_8))) {
      answers.add(json(line));
    }
    return answers;
  }

  /** The answer to one operation. */
  public JsonNode ask(String op, ObjectNode input) {
    ObjectNode request = MAPPER.createObjectNode().put("op", op);
    request.set("input", input);
    return answers(request.toString()).get(0);
  }

  /** The result of one operation, which must have one. */
  public JsonNode result(String op, ObjectNode input) {
    JsonNode answer = ask(op, input);
    if (!answer.has("result")) {
      throw new AssertionError(op + " gave " + answer);
    }
    return answer.get("result");
  }

  /** An input of pairs of names and texts. */
  public static ObjectNode input(String... namesAndTexts) {
    ObjectNode input = MAPPER.createObjectNode();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      input.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return input;
  }

  /** A parsed line. */
  public static JsonNode json(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
