/**
 * What every run over a provider shares: the port {@link lockstep.backup.store.BackupStorage},
 * finding and choosing a backup, freshness, the 64-digit key's check, and copying a set.
 *
 * <p>Trust zone: client. It does no I/O but through its ports; what is expected to happen is a
 * value.
 *
 * <p>Clauses: RST-6, HED-4, BAK-12, PRV.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.backup.store;

import org.jspecify.annotations.NullMarked;
