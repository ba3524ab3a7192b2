package lockstep.oracle;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * Serves an {@link Oracle} on a pair of streams: one request a line, one answer a line, in order.
 * Answers are written together and flushed whenever no further request is there to be read.
 */
@Decides("ORC-1")
@Implements("ORC-4")
public final class OracleService {

  private static final int OUTPUT_BYTES = 64 << 10;

  private final Oracle oracle;
  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
          .build();

  /** A service of that oracle. */
  public OracleService(Oracle oracle) {
    this.oracle = oracle;
  }

  /**
   * Serves until {@code requests} ends. Neither stream is closed.
   *
   * @throws IOException when a stream fails
   */
  public void serve(InputStream requests, OutputStream answers) throws IOException {
    OutputStream output = new BufferedOutputStream(answers, OUTPUT_BYTES);
    RequestLines lines = new RequestLines(requests, output::flush);
    while (lines.next()) {
      if (lines.isTooLong()) {
        write(
            output,
            null,
            new OracleAnswer.Failed("a line of more than " + RequestLines.LIMIT_BYTES + " bytes"));
      } else {
        serve(lines.buffer(), lines.length(), output);
      }
    }
    output.flush();
  }

  private void serve(byte[] line, int length, OutputStream output) throws IOException {
    JsonNode request;
    try {
      request = mapper.readTree(line, 0, length);
    } catch (JsonProcessingException refused) {
      write(output, null, new OracleAnswer.Failed(reason(refused)));
      return;
    } catch (IOException | OutOfMemoryError unreadable) {
      write(output, null, new OracleAnswer.Failed("bad JSON: it cannot be read"));
      return;
    }
    write(output, request.get("id"), oracle.answer(request));
  }

  private static String reason(JsonProcessingException refused) {
    String place =
        Optional.ofNullable(refused.getLocation())
            .map(location -> " at column " + location.getColumnNr())
            .orElse("");
    return "bad JSON" + place + ": " + Fields.shortened(refused.getOriginalMessage());
  }

  private void write(OutputStream output, @Nullable JsonNode id, OracleAnswer answer)
      throws IOException {
    try (JsonGenerator json = mapper.getFactory().createGenerator(output)) {
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      json.writeStartObject();
      if (id != null) {
        json.writeFieldName("id");
        mapper.writeTree(json, id);
      }
      if (answer instanceof OracleAnswer.Result result) {
        json.writeFieldName("result");
        mapper.writeTree(json, result.fields());
      } else if (answer instanceof OracleAnswer.Rejected rejected) {
        writeRejected(json, rejected);
      } else if (answer instanceof OracleAnswer.Failed failed) {
        json.writeStringField("error", failed.reason());
      }
      json.writeEndObject();
    }
    output.write('\n');
  }

  private void writeRejected(JsonGenerator json, OracleAnswer.Rejected rejected)
      throws IOException {
    json.writeStringField("rejected", rejected.outcome().text());
    ObjectNode detail = rejected.detail();
    if (!detail.isEmpty()) {
      json.writeFieldName("detail");
      mapper.writeTree(json, detail);
    }
  }
}
