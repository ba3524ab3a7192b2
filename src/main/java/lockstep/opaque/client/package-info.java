/**
 * The client's side of OPAQUE (RFC 9807): registering a password, and logging in with it.
 *
 * <p>Trust zone: client; never imports {@code opaque.server} or {@code vault}. Clauses: OPR-5,
 * OPQ-1, OPQ-2, OPQ-4, OPQ-6, OPQ-7.
 *
 * <p>Public types: {@link lockstep.opaque.client.ClientRegistration}, {@link
 * lockstep.opaque.client.Registered}, {@link lockstep.opaque.client.ClientLogin}, {@link
 * lockstep.opaque.client.LoginResult}, {@link lockstep.opaque.client.ClientRandomness}.
 */
@NullMarked
package lockstep.opaque.client;

import org.jspecify.annotations.NullMarked;
