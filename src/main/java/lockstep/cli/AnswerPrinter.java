package lockstep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.unicode.DisplayText;
import org.jspecify.annotations.Nullable;

/** Prints an answer for people, and with {@code --json} as one object on standard output. */
final class AnswerPrinter {

  static final String JSON = "--json";
  static final String QUIET = "--quiet";

  /** A terminal is asked for its width only for what is longer. */
  private static final int NARROWEST = 40;

  /** Whatever else a line's reader does not see, or acts upon, is written as {@code \\u} too. */
  private static final JsonFactory WRITER =
      new JsonFactoryBuilder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .characterEscapes(new DeleteEscaped())
          .build();

  private AnswerPrinter() {}

  /** Prints it; whether it was written, as far as the process can tell. */
  static boolean print(Answer answer, boolean json, Surroundings surroundings) {
    return print(answer, json, false, surroundings);
  }

  /** Prints it, with {@code quiet} only what somebody has to know. */
  @Implements({"CLI-5", "CLI-17"})
  static boolean print(Answer answer, boolean json, boolean quiet, Surroundings surroundings) {
    PrintStream people =
        json || !answer.outcome().isSuccess() ? surroundings.errors() : surroundings.output();
    printForPeople(quiet ? answer.quietly() : answer, people, surroundings);
    if (json) {
      surroundings.result().finish(toJson(answer));
    }
    return !people.checkError() && !surroundings.output().checkError();
  }

  /** Sentence, details and advice, in lines that the terminal shows whole. */
  @Implements("CLI-18")
  static void printForPeople(Answer answer, PrintStream people, Surroundings surroundings) {
    List<String> texts = new ArrayList<>();
    texts.add(answer.sentence());
    texts.addAll(answer.details());
    texts.add(answer.next());
    for (String text : texts) {
      if (!text.isEmpty()) {
        LineWrap.wrap(harmless(text), columns(text, surroundings)).forEach(people::println);
      }
    }
  }

  private static int columns(String text, Surroundings surroundings) {
    Terminal terminal = surroundings.terminal();
    return terminal == null || text.length() <= NARROWEST ? 0 : terminal.columns();
  }

  /** Whoever chose a file's name may have meant it for the terminal. */
  @Implements("CLI-11~2")
  private static String harmless(String line) {
    return DisplayText.visible(line);
  }

  @Decides("CLI-5")
  @Implements("CLI-11~2")
  static byte[] toJson(Answer answer) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = WRITER.createGenerator(text)) {
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

  /** U+007F, which JSON lets pass. */
  private static final class DeleteEscaped extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[0x7F] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int sign) {
      return null;
    }
  }
}
