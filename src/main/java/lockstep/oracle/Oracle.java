package lockstep.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Answers requests with what the core does. For test keys only: it takes secrets as text.
 *
 * <p>It keeps the sessions that {@code vault.new} makes until it is garbage. Not safe for use by
 * several threads.
 */
@Decides("ORC-2")
@Implements("ORC-1")
public final class Oracle {

  private static final List<String> PROFILES =
      List.of(
          "primitives",
          "format-reader",
          "format-writer",
          "device",
          "limiter",
          "vault-machine",
          "vault-messages");

  private final Map<String, Operation> operations = new TreeMap<>();
  private final String version;

  /**
   * An oracle without sessions.
   *
   * @param version of the implementation, for {@code capabilities}
   * @param random draws what requests do not name
   */
  public Oracle(String version, SecureRandom random) {
    this.version = version;
    operations.put("capabilities", input -> capabilities());
    operations.putAll(PrimitiveOperations.table());
    operations.putAll(PayloadOperations.table(random));
    operations.putAll(BackupOperations.table(random));
    operations.putAll(ManifestOperations.table(random));
    operations.putAll(OprfOperations.table(random));
    operations.putAll(OpaqueOperations.table(random));
    operations.putAll(WrapOperations.table());
    operations.putAll(WireOperations.table());
    operations.putAll(SignatureOperations.table());
    operations.putAll(LimiterOperations.table());
    operations.putAll(RestoreOperations.table());
    operations.putAll(new VaultSessions(random).table());
  }

  /** The answer to a request: {@code {"op": …, "input": {…}}}. */
  public OracleAnswer answer(JsonNode request) {
    if (!(request instanceof ObjectNode object)) {
      return new OracleAnswer.Failed("a request is one JSON object");
    }
    JsonNode op = object.get("op");
    if (op == null || !op.isTextual()) {
      return new OracleAnswer.Failed("missing field op");
    }
    JsonNode input = object.get("input");
    if (input == null) {
      return answer(op.textValue(), Fields.empty());
    }
    return input instanceof ObjectNode fields
        ? answer(op.textValue(), fields)
        : new OracleAnswer.Failed("field input is not an object");
  }

  /** The answer to one operation. */
  public OracleAnswer answer(String op, ObjectNode input) {
    Operation operation = operations.get(op);
    if (operation == null) {
      return new OracleAnswer.Failed("unknown op " + Fields.shortened(op));
    }
    try {
      Fields fields = Fields.of(input);
      ObjectNode result = operation.apply(fields);
      fields.requireAllAsked();
      return new OracleAnswer.Result(result);
    } catch (Unanswerable early) {
      return early.answer();
    } catch (OutOfMemoryError tooMuch) {
      return new OracleAnswer.Failed("the operation needs more memory than there is");
    } catch (IOException | RuntimeException fault) {
      return new OracleAnswer.Failed(
          "the oracle itself failed: " + fault.getClass().getSimpleName());
    }
  }

  private ObjectNode capabilities() {
    ObjectNode result = Fields.empty();
    result.put("implementation", "lockstep");
    result.put("version", version);
    ArrayNode profiles = result.putArray("profiles");
    PROFILES.forEach(profiles::add);
    ArrayNode ops = result.putArray("ops");
    operations.keySet().forEach(ops::add);
    return result;
  }
}
