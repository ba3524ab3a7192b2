/**
 * What a device's user is told of what others did with the account, and until when it is kept.
 *
 * <p>Trust zone: client. It does no I/O but through ports and reads no clock.
 *
 * <p>Clauses: USR-5, USR-8.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.device.notices;

import org.jspecify.annotations.NullMarked;
