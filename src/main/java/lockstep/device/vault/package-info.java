/**
 * The device's conversation with a vault: authority, OPAQUE login, unlocking, staging a record,
 * receipts. Ports: {@link lockstep.device.vault.VaultClient} and {@link
 * lockstep.device.vault.AccountTokens}.
 *
 * <p>Trust zone: client. It does no I/O but through ports and reads no clock. An {@link
 * java.io.IOException} means that the device's own state could not be read or kept; every procedure
 * can be run again after it.
 *
 * <p>Clauses: WRP, RCP-3, RCP-4, RCP-6, WIR-4, SES-7, ENR-1, ENR-2, and the client's side of AUT,
 * SES and STG.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.device.vault;

import org.jspecify.annotations.NullMarked;
