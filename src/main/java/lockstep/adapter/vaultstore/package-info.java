/**
 * The embedded vault on disk: its SQLite database, its keys, and the directory that holds both; and
 * one node of a vault that runs on several.
 *
 * <p>Trust zone: server. It handles sealed records and the vault's own keys, never a client's.
 * Clauses: AUT-10, AUT-12, ATR-2 to ATR-6, ATR-9, ATR-10, ATR-12, ATR-13, REP-1 to REP-5, REP-9.
 *
 * <p>Public types: {@link lockstep.adapter.vaultstore.VaultDirectory}, which makes and opens a
 * vault, {@link lockstep.adapter.vaultstore.EmbeddedVault} and {@link
 * lockstep.adapter.vaultstore.ClusterNode}, which answer its requests, {@link
 * lockstep.adapter.vaultstore.SweptVault}, which erases what is over while it runs, {@link
 * lockstep.adapter.vaultstore.RestartingVault}, which starts it again when its clock was wrong, and
 * {@link lockstep.adapter.vaultstore.SqliteVaultStore}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.vaultstore;

import org.jspecify.annotations.NullMarked;
