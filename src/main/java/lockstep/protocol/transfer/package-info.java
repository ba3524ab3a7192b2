/**
 * What moves between a folder and its provider: backup, restore and verification.
 *
 * <p>Trust zone: client. It does no I/O but through the ports {@link
 * lockstep.protocol.transfer.BackupStorage} (the provider; takes sealed objects only), {@link
 * lockstep.protocol.transfer.SourceTree}, {@link lockstep.protocol.transfer.TargetTree} and {@link
 * lockstep.protocol.transfer.BackupNotes} (the device's own). Everything is streamed: memory holds
 * the object table, the packs at hand and the directories above the entry at hand, whatever the
 * number and size of files.
 *
 * <p>Clauses: BAK, RST, PRV, MAN-7 to MAN-9, HED-4.
 *
 * <p>Entry points: {@link lockstep.protocol.transfer.BackupRun}, {@link
 * lockstep.protocol.transfer.Restore}, {@link lockstep.protocol.transfer.Verification}, {@link
 * lockstep.protocol.transfer.RecoveryKeyCheck}.
 */
@NullMarked
package lockstep.protocol.transfer;

import org.jspecify.annotations.NullMarked;
