package lockstep.oracle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lockstep.spec.Implements;

/** Ends an operation early with its answer; {@link Oracle} gives that answer. */
final class Unanswerable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient OracleAnswer answer;

  private Unanswerable(OracleAnswer answer) {
    super("the operation has its answer", null, false, false);
    this.answer = answer;
  }

  /** The request is wrong. */
  static Unanswerable failed(String reason) {
    return new Unanswerable(new OracleAnswer.Failed(reason));
  }

  /** The spec refuses the input. */
  @Implements("ORC-3")
  static Unanswerable rejected(RejectedAs outcome) {
    return rejected(outcome, JsonNodeFactory.instance.objectNode());
  }

  /** The spec refuses the input, and says more than a name. */
  static Unanswerable rejected(RejectedAs outcome, ObjectNode detail) {
    return new Unanswerable(new OracleAnswer.Rejected(outcome, detail));
  }

  static Unanswerable malformed() {
    return rejected(RejectedAs.MALFORMED);
  }

  OracleAnswer answer() {
    return answer;
  }
}
