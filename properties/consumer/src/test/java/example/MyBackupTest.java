package example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import lockstep.conformance.Answer;
import lockstep.conformance.ConformanceTests;
import lockstep.conformance.Testee;
import lockstep.oracle.Oracle;

/** All that a project writes to have its implementation examined. */
class MyBackupTest extends ConformanceTests {

  @Override
  protected Testee testee() {
    return new MyBackup();
  }

  /** Stands where the project's own implementation does; here the artifact's own oracle answers. */
  private static final class MyBackup implements Testee {
    private Oracle oracle = new Oracle("1", new SecureRandom());

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
      oracle = new Oracle("1", new SecureRandom());
    }
  }
}
