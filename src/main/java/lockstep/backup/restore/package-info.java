/**
 * Restoring and verifying: the chosen backup is read, checked and, in a restore, built beside its
 * final place. Entry points: {@link lockstep.backup.restore.Restore} and {@link
 * lockstep.backup.restore.Verification}. The target is the port {@link
 * lockstep.backup.restore.TargetTree}.
 *
 * <p>Trust zone: client. It does no I/O but through its ports; what is expected to happen is a
 * value.
 *
 * <p>Clauses: RST, MAN-9.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.backup.restore;

import org.jspecify.annotations.NullMarked;
