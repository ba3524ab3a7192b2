package lockstep.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * A story that is played at a live vault.
 *
 * @param test its id, clauses and comment; it has no steps, since what is sent depends on replies
 */
record MessageCase(TestCase test, Scenario scenario) {

  /** What is sent and expected. */
  @FunctionalInterface
  interface Scenario {

    /** Plays it with an account of its own; ends with a {@link Mismatch} where a reply is wrong. */
    void play(KitDevice device);
  }

  static MessageCase of(String name, String clauses, String comment, Scenario scenario) {
    return new MessageCase(
        new TestCase(
            "messages-" + name,
            Profiles.VAULT_MESSAGES,
            List.of(clauses.split(" ", -1)),
            false,
            comment,
            List.of(),
            JsonNodeFactory.instance.objectNode()),
        scenario);
  }
}
