/**
 * The vault as a service: what carries a device's messages to it, and its replies back.
 *
 * <p>Trust zone: server, but without a secret: it sees messages only. Clauses: DOR-2, NET-1, NET-2,
 * NET-4, NET-5, NET-6, REP-5, OPS-1 to OPS-3.
 *
 * <p>Public types: {@link lockstep.adapter.server.StreamService}, {@link
 * lockstep.adapter.server.NotServedHere}, {@link lockstep.adapter.server.HttpsService} with its
 * {@link lockstep.adapter.server.ServiceLimits} and {@link
 * lockstep.adapter.server.ServerCertificate}, {@link lockstep.adapter.server.SelfSigned}; and for
 * operators {@link lockstep.adapter.server.OperatorsService}, which tells {@link
 * lockstep.adapter.server.ExchangeCounts} and {@link lockstep.adapter.server.Standing}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.server;

import org.jspecify.annotations.NullMarked;
