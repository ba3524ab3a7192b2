package lockstep.vault.machine;

import lockstep.spec.Implements;
import lockstep.wire.Bytes;

/**
 * The newest backup that the device told the vault of.
 *
 * @param backupNumber its number, from 1
 * @param digest SHA-256 of its sealed manifest, 32 bytes
 */
@Implements("MRK-1")
public record FreshnessMark(long backupNumber, Bytes digest) {}
