/**
 * The agreed log of a vault that runs on several nodes: Apache Ratis, behind two small types. It
 * carries bytes and knows nothing of what they say.
 *
 * <p>Trust zone: server, but without a secret of the vault's; it holds the key by which its nodes
 * know each other. Clauses: REP-1, REP-5 to REP-7.
 *
 * <p>Public types: {@link lockstep.adapter.raft.AgreedLog}, the {@link
 * lockstep.adapter.raft.Replica} that it applies entries to, and {@link
 * lockstep.adapter.raft.PeerKey}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.raft;

import org.jspecify.annotations.NullMarked;
