package lockstep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import lockstep.spec.Implements;

/** Prints an answer for people, and with {@code --json} as one object on standard output. */
final class AnswerPrinter {

  private static final Pattern CONTROL =
      Pattern.compile("\\p{Cntrl}|[\\u0080-\\u009f\\u2028\\u2029]");

  private AnswerPrinter() {}

  @Implements("CLI-5~1")
  static void print(Answer answer, boolean json, Surroundings surroundings) {
    PrintStream people =
        json || !answer.outcome().isSuccess() ? surroundings.errors() : surroundings.output();
    printForPeople(answer, people);
    if (json) {
      byte[] object = toJson(answer);
      surroundings.output().writeBytes(object);
      surroundings.output().println();
      Arrays.fill(object, (byte) 0);
    }
    people.flush();
    surroundings.output().flush();
  }

  private static void printForPeople(Answer answer, PrintStream people) {
    if (!answer.sentence().isEmpty()) {
      people.println(harmless(answer.sentence()));
    }
    for (String line : answer.details()) {
      people.println(harmless(line));
    }
    if (!answer.next().isEmpty()) {
      people.println(harmless(answer.next()));
    }
  }

  /** Whoever chose a file's name may have meant it for the terminal. */
  @Implements("CLI-11~1")
  private static String harmless(String line) {
    return CONTROL.matcher(line).replaceAll("\uFFFD");
  }

  @Implements("CLI-5~1")
  static byte[] toJson(Answer answer) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("outcome", answer.outcome().jsonName());
      json.writeNumberField("exitCode", answer.outcome().exitCode());
      json.writeStringField("message", answer.sentence());
      if (!answer.next().isEmpty()) {
        json.writeStringField("next", answer.next());
      }
      for (Map.Entry<String, Object> field : answer.fields().entrySet()) {
        json.writeFieldName(field.getKey());
        writeValue(json, field.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toByteArray();
  }

  private static void writeValue(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Long || value instanceof Integer) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        writeValue(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof char[] secret) {
      json.writeString(secret, 0, secret.length);
      Arrays.fill(secret, '\0');
    } else if (value instanceof Map<?, ?> object) {
      json.writeStartObject();
      for (Map.Entry<?, ?> field : object.entrySet()) {
        json.writeFieldName(field.getKey().toString());
        writeValue(json, field.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(value.toString());
    }
  }
}
