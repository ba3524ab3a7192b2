/**
 * Ways to a vault that somebody else runs, and to who vouches for an account there. What comes back
 * over them is believed for a signature only.
 *
 * <p>Trust zone: device, but without a secret: it sees messages and tokens only. Clauses: DOR-3,
 * DOR-4, DOR-5, NET-1, NET-4, DOR-8, DOR-9.
 *
 * <p>Public types: {@link lockstep.adapter.remote.CommandVault}, {@link
 * lockstep.adapter.remote.HttpsVault}, {@link lockstep.adapter.remote.CommandTokens}, {@link
 * lockstep.adapter.remote.FileTokens}, and the reasons why they did not help, {@link
 * lockstep.adapter.remote.VaultUnreachable} and {@link lockstep.adapter.remote.NoToken}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.remote;

import org.jspecify.annotations.NullMarked;
