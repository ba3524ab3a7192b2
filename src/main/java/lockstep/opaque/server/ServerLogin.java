package lockstep.opaque.server;

import java.util.Optional;
import lockstep.opaque.CredentialIdentifier;
import lockstep.opaque.CredentialMask;
import lockstep.opaque.Element;
import lockstep.opaque.Handshake;
import lockstep.opaque.KE1;
import lockstep.opaque.KE2;
import lockstep.opaque.KE3;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.Oprf;
import lockstep.opaque.RegistrationRecord;
import lockstep.opaque.Scalar;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;

/**
 * One login at the vault: KE2, and what KE3 must be (RFC 9807 section 6). Lives in memory only. The
 * evaluation in {@link #respond} is an attempt, which the caller charges before it.
 */
@Implements({"OPQ-1", "OPQ-7", "SEC-3"})
public final class ServerLogin implements AutoCloseable {

  private final KE2 ke2;
  private final SecretBytes expectedMac;
  private final SecretBytes sessionKey;

  private ServerLogin(KE2 ke2, Handshake handshake) {
    this.ke2 = ke2;
    this.expectedMac = SecretBytes.absorb(handshake.clientMac());
    this.sessionKey = handshake.sessionKey();
  }

  /** Answers {@code ke1} for {@code record}, which stays the caller's to close. */
  public static ServerLogin respond(
      ServerSetup setup,
      RegistrationRecord record,
      CredentialIdentifier identifier,
      OpaqueIdentities identities,
      KE1 ke1,
      ServerRandomness randomness) {
    try (SecretBytes seed = randomness.serverKeyshareSeed();
        Scalar keyshare = Oprf.deriveKey(seed, "OPAQUE-DeriveDiffieHellmanKeyPair")) {
      byte[] maskingNonce = randomness.maskingNonce();
      byte[] masked =
          CredentialMask.mask(
              record.maskingKey(), maskingNonce, setup.publicKey(), record.envelope());
      byte[] head =
          KE2.head(
              evaluate(setup, identifier, ke1),
              maskingNonce,
              masked,
              randomness.serverNonce(),
              keyshare.publicKey());
      try (SecretBytes ephemeral = keyshare.agree(ke1.clientKeyshare());
          SecretBytes serverStatic = setup.privateKey().agree(ke1.clientKeyshare());
          SecretBytes clientStatic = keyshare.agree(record.clientPublicKey());
          Handshake handshake =
              Handshake.derive(identities, ke1, head, ephemeral, serverStatic, clientStatic)) {
        return new ServerLogin(KE2.of(head, handshake.serverMac()), handshake);
      }
    }
  }

  /** The message to send; the same at every call. */
  public KE2 response() {
    return ke2;
  }

  /**
   * The session key, the caller's to close, if {@code ke3} is the one right answer; compared in
   * constant time. Either way this state is wiped.
   *
   * @throws IllegalStateException when called again or after {@link #close}
   */
  public synchronized Optional<SecretBytes> finish(KE3 ke3) {
    try (this;
        SecretBytes received = SecretBytes.absorb(ke3.encode())) {
      return expectedMac.isEqualTo(received)
          ? Optional.of(sessionKey.duplicate())
          : Optional.empty();
    }
  }

  /** Wipes the expected proof and the session key. */
  @Override
  public synchronized void close() {
    expectedMac.close();
    sessionKey.close();
  }

  private static Element evaluate(ServerSetup setup, CredentialIdentifier identifier, KE1 ke1) {
    try (Scalar key = setup.oprfKey(identifier)) {
      return Oprf.evaluate(key, ke1.blinded());
    }
  }
}
