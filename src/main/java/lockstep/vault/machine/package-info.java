/**
 * What the vault decides, pure and deterministic: state and command in, state and reply out. Every
 * store runs it inside its transaction.
 *
 * <p>Trust zone: server. No clock, no randomness, no OPAQUE, no keys.
 *
 * <p>Clauses: LIM, SES, STG, LEA, MRK-2, ATR-5.
 */
@NullMarked
package lockstep.vault.machine;

import org.jspecify.annotations.NullMarked;
