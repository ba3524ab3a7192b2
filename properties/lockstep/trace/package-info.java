/**
 * Ties the numbered clauses of {@code spec/} to the code that implements them and the tests that
 * show them.
 *
 * <p>Every package may use the annotations {@link lockstep.spec.Implements}, {@link
 * lockstep.spec.Verifies} and {@link lockstep.spec.NonNormative}. The rest reads the spec and the
 * compiled classes at build time, belongs to no trust zone, and never runs in a product.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.trace;

import org.jspecify.annotations.NullMarked;
