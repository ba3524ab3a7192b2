/**
 * The test vectors of {@code spec/vectors}: made by asking the oracle, each negative from a valid
 * sibling by one named change. The outcome of a negative is stated here, and the generator fails
 * where the oracle says another.
 *
 * <p>Trust zone: none; test keys only. Clauses: ORC-7, ORC-8.
 *
 * <p>Public types: {@link lockstep.oracle.vectors.VectorFiles}, {@link
 * lockstep.oracle.vectors.VectorLinter}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.oracle.vectors;

import org.jspecify.annotations.NullMarked;
