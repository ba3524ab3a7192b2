/**
 * What the system is held against.
 *
 * <p>Duty: {@link lockstep.oracle.IdealBackup}, one account's backups as a trusted party would keep
 * them, with its terms in {@link lockstep.oracle.Ideal}. Who else builds the system may hold theirs
 * against it. It has no part in the product's work: nothing that ships calls it.
 *
 * <p>Trust zone: none; it holds no secret and does no I/O. Clauses: it restates {@code LIM-*},
 * {@code SES-*}, {@code STG-*}, {@code LEA-*}, {@code MRK-*} and {@code RST-6} of the vault and
 * protocol parts as one state machine, and implements none of them.
 */
@NullMarked
package lockstep.oracle;

import org.jspecify.annotations.NullMarked;
