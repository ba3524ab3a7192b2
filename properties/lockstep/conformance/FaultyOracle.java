package lockstep.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import lockstep.oracle.Oracle;

/**
 * An oracle that is asked and answers in text, so that one made of faulty classes can be asked from
 * outside their class loader.
 */
final class FaultyOracle implements UnaryOperator<String> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Oracle oracle = new Oracle("faulty", new SecureRandom());

  @Override
  public String apply(String request) {
    try {
      ObjectNode answer = JSON.createObjectNode();
      return oracle
          .answer(JSON.readTree(request))
          .match(
              result -> answer.set("result", result.fields()),
              rejected -> {
                answer.put("rejected", rejected.outcome().text());
                return answer.set("detail", rejected.detail());
              },
              failed -> answer.put("error", failed.reason()))
          .toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
