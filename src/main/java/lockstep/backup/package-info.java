/**
 * The backup format: how content becomes objects that the provider may hold, and back.
 *
 * <p>Trust zone: client. Only {@link lockstep.backup.SealedObject}, {@link
 * lockstep.backup.ObjectName} and {@link lockstep.backup.SetName} are for storage ports; they hold
 * nothing that the provider may not learn.
 *
 * <p>Damage found in a stream is the checked {@link lockstep.backup.DamagedBackup}, because a
 * stream can fail in no other way; everything that is parsed whole gives a sealed result.
 *
 * <p>Clauses: PAY-1 to PAY-6, PAD-1, OBJ-1 to OBJ-5, OBJ-7, OBJ-8, MAN-1 to MAN-7, HED-1 to HED-4.
 *
 * <p>Public types: {@link lockstep.backup.BackupKeys} seals, opens and names; {@link
 * lockstep.backup.ManifestWriter}, {@link lockstep.backup.ManifestReader} and {@link
 * lockstep.backup.SealedHead} are the formats; {@link lockstep.backup.BackupCipher} is the payload
 * encryption alone, for vectors and benchmarks; the rest are the values that these take and give.
 */
@NullMarked
package lockstep.backup;

import org.jspecify.annotations.NullMarked;
