/**
 * Switching protection off, and starting afresh without password, key and device.
 *
 * <p>Trust zone: client. It does no I/O but through ports and reads no clock. An {@link
 * java.io.IOException} means that the device's own state could not be read or kept; every procedure
 * can be run again after it.
 *
 * <p>Clauses: DIS, LEA (the device's side).
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.device.leaving;

import org.jspecify.annotations.NullMarked;
