package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import lockstep.spec.Decides;
import lockstep.spec.NonNormative;

/**
 * An implementation under examination. One on the JVM implements this interface; one in another
 * language speaks the oracle's protocol over its standard streams and is run by {@link #process}.
 * Bytes are lower-case hex, integers are JSON numbers. A testee is asked by one thread at a time.
 */
@Decides("CNF-1")
public interface Testee extends AutoCloseable {

  /**
   * Carries one operation out.
   *
   * @param op such as {@code chunked.open}; {@code capabilities} too
   * @param input the operation's input, an object
   * @return what came of it; what it throws counts as a crash in this request
   */
  Answer answer(String op, JsonNode input);

  /** Ends every session and forgets all state, as if newly started. */
  void restart();

  @Override
  default void close() {}

  /**
   * A testee that runs as a child process, which starts with the first request.
   *
   * @param command program and arguments
   * @param timeout how long one answer may take
   */
  @NonNormative("names the class that does it")
  static Testee process(List<String> command, Duration timeout) {
    return new ProcessTestee(command, timeout);
  }
}
