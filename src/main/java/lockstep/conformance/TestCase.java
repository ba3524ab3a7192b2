package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A vector: requests in order, each with its answer.
 *
 * @param id unique among all vectors
 * @param home the profile that it was written for; it belongs to each that has its operations
 * @param clauses the citations of the clauses that it examines
 * @param should whether its clause only advises, so that a failure is reported but fails nothing
 * @param comment which bug it catches
 * @param intermediates values on the way to the result, by name; an object, empty for none
 */
record TestCase(
    String id,
    String home,
    List<String> clauses,
    boolean should,
    String comment,
    List<Step> steps,
    JsonNode intermediates) {

  TestCase {
    clauses = List.copyOf(clauses);
    steps = List.copyOf(steps);
  }

  /** The operations that a testee needs. */
  Set<String> ops() {
    return steps.isEmpty()
        ? Profiles.ops(home)
        : steps.stream().map(Step::op).collect(Collectors.toUnmodifiableSet());
  }

  /** The profiles that it belongs to: its home, and what comes after it and has its operations. */
  List<String> profiles() {
    return Profiles.having(home, ops());
  }

  /** The same case with other steps, as the shrinker and the schedules make them. */
  TestCase withSteps(List<Step> others) {
    return new TestCase(id, home, clauses, should, comment, others, intermediates);
  }
}
