/**
 * The Backup Key Vault: it decides, durably and before it answers, whether a password may be tried,
 * and releases the wrapped root key to whoever proves to know it.
 *
 * <p>Trust zone: server. It never sees a password, a root key or an {@code exportKey}. Clauses:
 * AUT, LIM, SES, STG, LEA, RCP, MRK and ATR of {@code spec/40-vault.md}.
 *
 * <p>{@link lockstep.vault.VaultMachine} is the pure decision that every {@link
 * lockstep.vault.VaultStore} runs inside its transaction; {@code BackupKeyVault} is the shell that
 * checks authority before and runs OPAQUE after.
 */
@NullMarked
package lockstep.vault;

import org.jspecify.annotations.NullMarked;
