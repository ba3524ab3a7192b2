package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.util.function.UnaryOperator;
import lockstep.models.FaultyJava;
import lockstep.models.FaultyJava.Fault;

/** The reference with one fault in its source. */
final class FaultyTestee implements Testee {

  private final FaultyJava classes;
  private UnaryOperator<String> oracle;

  FaultyTestee(Fault fault) {
    this(FaultyJava.with(fault));
  }

  /** The reference made of those classes. */
  FaultyTestee(FaultyJava classes) {
    this.classes = classes;
    restart();
  }

  @Override
  public Answer answer(String op, JsonNode input) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("op", op);
    request.set("input", input);
    ObjectNode answer = Cases.json(oracle.apply(request.toString()));
    if (answer.has("result")) {
      return new Answer.Result(answer.get("result"));
    }
    return answer.has("rejected")
        ? new Answer.Rejected(answer.get("rejected").textValue(), answer.get("detail"))
        : new Answer.Failed(answer.get("error").textValue());
  }

  @Override
  @SuppressWarnings("unchecked")
  public void restart() {
    try {
      Constructor<?> constructor =
          classes.load(FaultyOracle.class.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      oracle = (UnaryOperator<String>) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
