/**
 * Sealing the backup under a new root key.
 *
 * <p>Trust zone: client. It does no I/O but through ports and reads no clock. An {@link
 * java.io.IOException} means that the device's own state could not be read or kept; every procedure
 * can be run again after it.
 *
 * <p>Clauses: ROT.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.device.rotation;

import org.jspecify.annotations.NullMarked;
