package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One request of a case and the answer that it must get.
 *
 * @param expected an object with {@code result}, {@code rejected} (and, where it matters, {@code
 *     detail}) or {@code error}
 */
record Step(String op, JsonNode input, ObjectNode expected) {}
