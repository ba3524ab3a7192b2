package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What the oracle says to a request: exactly one of three. */
@Implements("ORC-1")
public sealed interface OracleAnswer {

  /**
   * The operation took place.
   *
   * @param fields what it gave
   */
  record Result(ObjectNode fields) implements OracleAnswer {}

  /**
   * The spec refuses the input.
   *
   * @param outcome the spec's name for that
   * @param detail what the outcome tells besides, such as {@code until}; often empty
   */
  record Rejected(RejectedAs outcome, ObjectNode detail) implements OracleAnswer {}

  /**
   * The request itself is wrong.
   *
   * @param reason for a person to read
   */
  record Failed(String reason) implements OracleAnswer {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<Result, R> result, Function<Rejected, R> rejected, Function<Failed, R> failed) {
    if (this instanceof Result answer) {
      return result.apply(answer);
    }
    return this instanceof Rejected answer ? rejected.apply(answer) : failed.apply((Failed) this);
  }
}
