/**
 * Changing the password by someone who knows the previous one.
 *
 * <p>Trust zone: client. It does no I/O but through ports and reads no clock. An {@link
 * java.io.IOException} means that the device's own state could not be read or kept; every procedure
 * can be run again after it.
 *
 * <p>Clauses: CHG.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.device.password;

import org.jspecify.annotations.NullMarked;
