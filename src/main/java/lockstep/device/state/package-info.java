/**
 * What a device keeps: slots sealed by its keystore, the binding to a vault, the verifier for a
 * rehearsal. Ports: {@link lockstep.device.state.DeviceState} and {@link
 * lockstep.device.state.DeviceKeystore}.
 *
 * <p>Trust zone: client. It does no I/O but through ports and reads no clock. An {@link
 * java.io.IOException} means that the device's own state could not be read or kept; every procedure
 * can be run again after it.
 *
 * <p>Clauses: DEV, USR-6.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.device.state;

import org.jspecify.annotations.NullMarked;
