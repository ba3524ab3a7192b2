/**
 * The provider as a remote of rclone's, over rclone's remote control on the loopback.
 *
 * <p>Trust zone: none of its own; it holds ciphertext and names no key material. Clauses: PRV-1,
 * PRV-4, PRV-11, PRV-12, PRV-13.
 *
 * <p>Public type: {@link lockstep.adapter.rclone.RcloneStorage}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.rclone;

import org.jspecify.annotations.NullMarked;
