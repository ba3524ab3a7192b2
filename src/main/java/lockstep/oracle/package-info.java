/**
 * {@code lockstep oracle}: every primitive and format of the spec, and the attempt limiter, asked
 * by JSON lines. Each operation calls the class of the core that implements it; nothing is
 * implemented twice.
 *
 * <p>Trust zone: none. It stands in both zones, takes secrets as text and answers with secrets, and
 * is for test keys only. No product code depends on it. Clauses: ORC.
 *
 * <p>Public types: {@link lockstep.oracle.Oracle}, {@link lockstep.oracle.OracleAnswer}, {@link
 * lockstep.oracle.OracleService}, {@link lockstep.oracle.RejectedAs}.
 */
@NullMarked
package lockstep.oracle;

import org.jspecify.annotations.NullMarked;
