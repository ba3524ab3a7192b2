/**
 * What both sides of OPAQUE share: RFC 9497's OPRF over P-256, RFC 9807's key schedule and message
 * formats, and key stretching.
 *
 * <p>Trust zone: both. Each step that only one side takes is in {@code opaque.client} or {@code
 * opaque.server}, which never import each other. No input or output, no clock, no randomness of its
 * own. Clauses: OPR-1 to OPR-5, OPQ-1 to OPQ-6.
 *
 * <p>For everybody: {@link lockstep.opaque.OpaqueSuite}, the messages ({@link
 * lockstep.opaque.RegistrationRequest}, {@link lockstep.opaque.RegistrationResponse}, {@link
 * lockstep.opaque.RegistrationRecord}, {@link lockstep.opaque.KE1}, {@link lockstep.opaque.KE2},
 * {@link lockstep.opaque.KE3}), {@link lockstep.opaque.OpaqueIdentities}, {@link
 * lockstep.opaque.CredentialIdentifier}, {@link lockstep.opaque.KeyStretching}, {@link
 * lockstep.opaque.Argon2Parameters}, {@link lockstep.opaque.Argon2Bounds}. Public for the two sides
 * only: {@link lockstep.opaque.Element}, {@link lockstep.opaque.Scalar}, {@link
 * lockstep.opaque.Oprf}, {@link lockstep.opaque.KeySchedule}, {@link lockstep.opaque.Envelope},
 * {@link lockstep.opaque.CredentialMask}, {@link lockstep.opaque.Handshake}.
 */
@NullMarked
package lockstep.opaque;

import org.jspecify.annotations.NullMarked;
