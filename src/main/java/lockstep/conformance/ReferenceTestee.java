package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import lockstep.oracle.Oracle;
import lockstep.spec.Implements;

/** The reference itself: the oracle's operations in this JVM. */
@Implements("CNF-6")
class ReferenceTestee implements Testee {

  private static final String VERSION = "reference";

  private Oracle oracle = new Oracle(VERSION, new SecureRandom());

  @Override
  public Answer answer(String op, JsonNode input) {
    return oracle
        .answer(op, (ObjectNode) input)
        .match(
            result -> new Answer.Result(result.fields()),
            rejected -> new Answer.Rejected(rejected.outcome().text(), rejected.detail()),
            failed -> new Answer.Failed(failed.reason()));
  }

  @Override
  public void restart() {
    oracle = new Oracle(VERSION, new SecureRandom());
  }
}
