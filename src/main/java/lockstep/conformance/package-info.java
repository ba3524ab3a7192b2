/**
 * Examines anyone's implementation: feeds a testee every vector and random schedules, compares what
 * it answers with the reference, and reports. Public: {@link lockstep.conformance.Conformance},
 * {@link lockstep.conformance.Testee} with its {@link lockstep.conformance.Answer} and {@link
 * lockstep.conformance.Capabilities}, and the JUnit 5 base class {@link
 * lockstep.conformance.ConformanceTests}. Trust zone: none; it runs what it is given as a child
 * process and believes nothing that comes back. Clauses: CNF.
 */
@NullMarked
package lockstep.conformance;

import org.jspecify.annotations.NullMarked;
