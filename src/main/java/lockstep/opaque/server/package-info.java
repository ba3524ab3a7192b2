/**
 * The vault's side of OPAQUE (RFC 9807): evaluating a registration, and answering a login.
 *
 * <p>Trust zone: server; never imports {@code opaque.client} or anything else of the client zone.
 * It neither counts attempts nor knows accounts: {@code vault} does, and calls it only after the
 * charge. Clauses: OPQ-1, OPQ-2, OPQ-3, OPQ-7, OPR-3, OPR-4.
 *
 * <p>Public types: {@link lockstep.opaque.server.ServerSetup}, {@link
 * lockstep.opaque.server.ServerRegistration}, {@link lockstep.opaque.server.ServerLogin}, {@link
 * lockstep.opaque.server.ServerRandomness}.
 */
@NullMarked
package lockstep.opaque.server;

import org.jspecify.annotations.NullMarked;
