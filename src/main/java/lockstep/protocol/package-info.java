/**
 * What a device does: the conversations with its vault and the runs over its provider.
 *
 * <p>Trust zone: client. It does no I/O but through the ports {@link
 * lockstep.protocol.VaultClient}, {@link lockstep.protocol.AccountTokens}, {@link
 * lockstep.protocol.DeviceState} and {@link lockstep.protocol.DeviceKeystore}; it reads no clock.
 * What is expected to happen is a value; an {@link java.io.IOException} means that the device's own
 * state could not be read or kept, and every protocol can be run again after it.
 *
 * <p>Clauses: ENR, BAK, RST, CHG, ROT, DIS, DEV and USR of {@code spec/60-protocol.md}, the
 * client's side of AUT, SES, STG, RCP, MRK and WIR-4, and WRP-1 to WRP-3.
 */
@NullMarked
package lockstep.protocol;

import org.jspecify.annotations.NullMarked;
