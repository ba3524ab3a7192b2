/**
 * What the device notes about its last backup and the run under way, so that the next one resumes
 * and takes over what has not changed. The port is {@link lockstep.backup.notes.BackupNotes}.
 *
 * <p>Trust zone: client. It does no I/O but through its ports; what is expected to happen is a
 * value.
 *
 * <p>Clauses: BAK-4, BAK-5, BAK-13.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.backup.notes;

import org.jspecify.annotations.NullMarked;
