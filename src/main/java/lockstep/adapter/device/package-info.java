/**
 * The device's memory as a directory: one file a slot, a lock, and a keystore in a file where a
 * phone's keystore would sit.
 *
 * <p>Trust zone: client; it holds sealed records only and never names key material. Clauses: DEV-1
 * to DEV-4.
 *
 * <p>Public types: {@link lockstep.adapter.device.DeviceDirectory}, {@link
 * lockstep.adapter.device.FileKeystore}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.device;

import org.jspecify.annotations.NullMarked;
