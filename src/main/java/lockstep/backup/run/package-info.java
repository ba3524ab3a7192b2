/**
 * One backup: the source is walked, packed, sealed and uploaded; then manifest, head and mark
 * follow. Entry point: {@link lockstep.backup.run.BackupRun}. The source is the port {@link
 * lockstep.backup.run.SourceTree}. Everything is streamed: memory holds the object table, the packs
 * at hand and the directories above the entry at hand, whatever the number and size of files.
 *
 * <p>Trust zone: client. It does no I/O but through its ports; what is expected to happen is a
 * value.
 *
 * <p>Clauses: BAK, MAN-7, MAN-8.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.backup.run;

import org.jspecify.annotations.NullMarked;
