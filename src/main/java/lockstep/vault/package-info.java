/**
 * The Backup Key Vault: it decides, durably and before it answers, whether a password may be tried,
 * and releases the wrapped root key to whoever proves to know it.
 *
 * <p>Trust zone: server. It never sees a password, a root key or an {@code exportKey}. Clauses:
 * AUT-1 to AUT-6, LIM-1 to LIM-15, SES-1 to SES-9, STG-1 to STG-10, LEA-1 to LEA-5, RCP-1, RCP-2,
 * MRK-1, MRK-2, ATR-1, ATR-2, ATR-5 to ATR-8.
 *
 * <p>Public types: {@link lockstep.vault.BackupKeyVault}, the shell, which checks authority before
 * and runs OPAQUE after a decision, with {@link lockstep.vault.VaultConfiguration}, {@link
 * lockstep.vault.VaultKeys}, {@link lockstep.vault.VaultIdentity}, {@link
 * lockstep.vault.TokenVerifier} and {@link lockstep.vault.MessengerTokens}; {@link
 * lockstep.vault.machine.VaultMachine}, the pure decision that every {@link
 * lockstep.vault.machine.VaultStore} runs inside its transaction, with {@link
 * lockstep.vault.machine.VaultCommand}, {@link lockstep.vault.machine.VaultReply}, {@link
 * lockstep.vault.machine.Decision} and {@link lockstep.vault.machine.VaultDamagedException}; the
 * values {@link lockstep.vault.machine.AttemptPolicy}, {@link
 * lockstep.vault.machine.AttemptLimiter}, {@link lockstep.vault.machine.FreshnessMark} and {@link
 * lockstep.vault.machine.SealedRecord}.
 */
@NullMarked
package lockstep.vault;

import org.jspecify.annotations.NullMarked;
