/**
 * Decisions and arithmetic that a proof tool can read whole.
 *
 * <p>Duty: the length arithmetic of the backup format, hexadecimal digits, and the attempt
 * limiter's decision. Every class computes over {@code int}, {@code long} and arrays, without
 * generics, lambdas, records or dependencies, so that KeY proves the JML contracts in the comments
 * against the code that runs; {@code AccountSyntax} has none.
 *
 * <p>Zone: both. Nothing here holds a secret beyond a call.
 *
 * <p>Clauses: ENC-4, PAY-1, PAY-2, PAY-6, PAD-1, PAD-2, RKY-1, RKY-3, LIM-1, LIM-3, LIM-5 to LIM-8,
 * LIM-10, LIM-11, STG-8.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.kernel;

import org.jspecify.annotations.NullMarked;
