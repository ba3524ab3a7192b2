package lockstep.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import lockstep.conformance.Answer.Broken;
import lockstep.conformance.Answer.Fault;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the protocol with a child process: one request a line, one answer a line. A process that
 * crashes, hangs or writes what is no answer is ended, and the next request starts another.
 */
@Implements({"CNF-1", "CNF-3"})
final class ProcessTestee implements Testee {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_CHARACTERS = 200;

  private final List<String> command;
  private final Duration timeout;
  private @Nullable ChildProcess child;
  private long lastId;

  ProcessTestee(List<String> command, Duration timeout) {
    this.command = List.copyOf(command);
    this.timeout = timeout;
  }

  @Override
  public Answer answer(String op, JsonNode input) {
    ObjectNode request = JSON.createObjectNode().put("id", ++lastId).put("op", op);
    request.set("input", input);
    Answer answer;
    try {
      ChildProcess running = child;
      if (running == null) {
        running = ChildProcess.start(command);
        child = running;
      }
      answer = read(running.ask(JSON.writeValueAsBytes(request), timeout), lastId);
    } catch (IOException failure) {
      answer = new Broken(Fault.CRASH, "the command could not be run");
    }
    if (answer instanceof Broken) {
      restart();
    }
    return answer;
  }

  @Override
  public void restart() {
    if (child != null) {
      child.close();
      child = null;
    }
  }

  @Override
  public void close() {
    restart();
  }

  List<String> command() {
    return command;
  }

  private static Answer read(ChildProcess.Reply reply, long id) {
    if (reply.fault() != null) {
      return new Broken(reply.fault(), reply.text());
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(reply.text());
    } catch (JsonProcessingException notJson) {
      return garbage("not JSON", reply.text());
    }
    if (answer == null || !answer.isObject()) {
      return garbage("not a JSON object", reply.text());
    }
    if (answer.path("id").asLong(-1) != id) {
      return garbage("not the request's id", reply.text());
    }
    return parse(answer, reply.text());
  }

  private static Answer parse(JsonNode answer, String text) {
    boolean result = answer.has("result");
    boolean rejected = answer.path("rejected").isTextual();
    boolean error = answer.path("error").isTextual();
    if ((result ? 1 : 0) + (rejected ? 1 : 0) + (error ? 1 : 0) != 1) {
      return garbage("not exactly one of result, rejected and error", text);
    }
    if (result) {
      return new Answer.Result(answer.get("result"));
    }
    return rejected
        ? new Answer.Rejected(
            answer.get("rejected").textValue(),
            answer.path("detail").isObject() ? answer.get("detail") : JSON.createObjectNode())
        : new Answer.Failed(answer.get("error").textValue());
  }

  private static Answer garbage(String what, String line) {
    String start =
        line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
    return new Broken(Fault.GARBAGE, what + ": " + start);
  }
}
