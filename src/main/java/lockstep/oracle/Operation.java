package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** One operation: from the fields of a request to the fields of a result. */
@FunctionalInterface
interface Operation {

  /**
   * The fields of the result.
   *
   * @throws Unanswerable when the answer is not a result
   * @throws IOException never: streams of an operation lie in memory
   */
  ObjectNode apply(Fields input) throws IOException;
}
