/**
 * The root key, what is derived from it, and the 64 digits that a user writes down.
 *
 * <p>Trust zone: client. Server-zone code never imports this package; the labels and the derivation
 * that both zones share stand in {@code lockstep.secret}.
 *
 * <p>Clauses: KEY-1 to KEY-4, RKY-1 to RKY-4.
 *
 * <p>Public types: {@link lockstep.keys.RootKey}, {@link lockstep.keys.KeyHierarchy}, {@link
 * lockstep.keys.RecoveryKey}, {@link lockstep.keys.RecoveryKeyResult}.
 */
@NullMarked
package lockstep.keys;

import org.jspecify.annotations.NullMarked;
