/**
 * The vault as a service: what carries a device's messages to it, and its replies back.
 *
 * <p>Trust zone: server, but without a secret: it sees messages only. Clauses: DOR-2.
 *
 * <p>Public type: {@link lockstep.adapter.server.StreamService}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.server;

import org.jspecify.annotations.NullMarked;
