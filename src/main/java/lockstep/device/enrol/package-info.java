/**
 * Turning protection on, with a password or with a 64-digit key.
 *
 * <p>Trust zone: client. It does no I/O but through ports and reads no clock. An {@link
 * java.io.IOException} means that the device's own state could not be read or kept; every procedure
 * can be run again after it.
 *
 * <p>Clauses: ENR.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.device.enrol;

import org.jspecify.annotations.NullMarked;
