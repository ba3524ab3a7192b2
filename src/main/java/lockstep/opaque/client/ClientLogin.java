package lockstep.opaque.client;

import java.util.Arrays;
import java.util.Optional;
import lockstep.opaque.CredentialMask;
import lockstep.opaque.Element;
import lockstep.opaque.Envelope;
import lockstep.opaque.Handshake;
import lockstep.opaque.KE1;
import lockstep.opaque.KE2;
import lockstep.opaque.KE3;
import lockstep.opaque.KeyStretching;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.Scalar;
import lockstep.secret.Password;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** One login with one password: KE1, then KE3 for a KE2 that fits (RFC 9807 section 6). */
@Decides("OPQ-6~2")
@Implements({"OPQ-1", "OPQ-7", "OPR-5"})
public final class ClientLogin implements AutoCloseable {

  private final BlindedPassword password;
  private final Scalar keyshare;
  private final KE1 ke1;

  private ClientLogin(BlindedPassword password, byte[] clientNonce, Scalar keyshare) {
    this.password = password;
    this.keyshare = keyshare;
    this.ke1 = KE1.of(password.blinded(), clientNonce, keyshare.publicKey());
  }

  /** Blinds {@code password}, which is copied and stays the caller's to close. */
  public static ClientLogin start(Password password, ClientRandomness randomness) {
    try (SecretBytes seed = randomness.clientKeyshareSeed()) {
      return new ClientLogin(
          new BlindedPassword(password, randomness.blind()),
          randomness.clientNonce(),
          EnvelopeKeys.keyPair(seed));
    }
  }

  /** The message to send; the same at every call. */
  public KE1 request() {
    return ke1;
  }

  /**
   * Answers a KE2, given as bytes so that a malformed one and a wrong one are one outcome. Takes as
   * long as {@code stretching} does, and wipes this state.
   *
   * @throws IllegalStateException when called again or after {@link #close}, for a well-formed KE2
   */
  public LoginResult finish(
      byte[] encodedKe2, OpaqueIdentities identities, KeyStretching stretching) {
    try (this) {
      return KE2.parse(encodedKe2)
          .flatMap(ke2 -> recover(ke2, identities, stretching))
          .orElseGet(LoginResult.Failed::new);
    }
  }

  /** Wipes password, blind and key share. */
  @Override
  public void close() {
    password.close();
    keyshare.close();
  }

  private Optional<LoginResult> recover(
      KE2 ke2, OpaqueIdentities identities, KeyStretching stretching) {
    try (SecretBytes randomized = password.randomized(ke2.evaluated(), stretching);
        SecretBytes maskingKey = EnvelopeKeys.maskingKey(randomized)) {
      byte[] response = CredentialMask.unmask(maskingKey, ke2.maskingNonce(), ke2.maskedResponse());
      int split = OpaqueSuite.ELEMENT_BYTES;
      Optional<Element> serverPublicKey = Element.parse(Arrays.copyOf(response, split));
      Optional<Envelope> envelope =
          Envelope.parse(Arrays.copyOfRange(response, split, response.length));
      return serverPublicKey.flatMap(
          key -> envelope.flatMap(env -> open(ke2, identities, randomized, key, env)));
    }
  }

  private Optional<LoginResult> open(
      KE2 ke2,
      OpaqueIdentities identities,
      SecretBytes randomized,
      Element serverPublicKey,
      Envelope envelope) {
    try (EnvelopeKeys keys = EnvelopeKeys.derive(randomized, envelope.nonce())) {
      return keys.opens(envelope, serverPublicKey, identities)
          ? authenticate(ke2, identities, keys, serverPublicKey)
          : Optional.empty();
    }
  }

  private Optional<LoginResult> authenticate(
      KE2 ke2, OpaqueIdentities identities, EnvelopeKeys keys, Element serverPublicKey) {
    try (SecretBytes ephemeral = keyshare.agree(ke2.serverKeyshare());
        SecretBytes serverStatic = keyshare.agree(serverPublicKey);
        SecretBytes clientStatic = keys.clientPrivateKey().agree(ke2.serverKeyshare());
        Handshake handshake =
            Handshake.derive(identities, ke1, ke2.head(), ephemeral, serverStatic, clientStatic)) {
      if (!handshake.isServerMac(ke2.mac())) {
        return Optional.empty();
      }
      return KE3.parse(handshake.clientMac())
          .map(ke3 -> new LoginResult.Authenticated(ke3, handshake.sessionKey(), keys.exportKey()));
    }
  }
}
