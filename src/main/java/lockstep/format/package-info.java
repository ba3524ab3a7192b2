/**
 * The backup format: how content becomes objects that the provider may hold, and back.
 *
 * <p>Trust zone: client. Only {@link lockstep.format.SealedObject}, {@link
 * lockstep.format.ObjectName} and {@link lockstep.format.SetName} are for storage ports; they hold
 * nothing that the provider may not learn.
 *
 * <p>Damage found in a stream is the checked {@link lockstep.format.DamagedBackup}, because a
 * stream can fail in no other way; everything that is parsed whole gives a sealed result.
 *
 * <p>Clauses: PAY-1 to PAY-6, PAD-1, OBJ-1 to OBJ-5, OBJ-7, OBJ-8, MAN-1 to MAN-7, HED-1 to HED-4.
 *
 * <p>Public types: {@link lockstep.format.BackupKeys} seals, opens and names; {@link
 * lockstep.format.ManifestWriter}, {@link lockstep.format.ManifestReader} and {@link
 * lockstep.format.SealedHead} are the formats; {@link lockstep.format.BackupCipher} is the payload
 * encryption alone, for vectors and benchmarks; the rest are the values that these take and give.
 */
@NullMarked
package lockstep.format;

import org.jspecify.annotations.NullMarked;
