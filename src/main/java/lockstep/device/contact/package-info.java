/**
 * What a device learns from its vault between procedures: what others did, and the freshness mark.
 *
 * <p>Trust zone: client. It does no I/O but through ports and reads no clock. An {@link
 * java.io.IOException} means that the device's own state could not be read or kept; every procedure
 * can be run again after it.
 *
 * <p>Clauses: USR-5, BAK-9, BAK-15, MRK (the device's side).
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.device.contact;

import org.jspecify.annotations.NullMarked;
