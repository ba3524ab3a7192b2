package lockstep.opaque.client;

import lockstep.opaque.Envelope;
import lockstep.opaque.KeyStretching;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.RegistrationRecord;
import lockstep.opaque.RegistrationRequest;
import lockstep.opaque.RegistrationResponse;
import lockstep.secret.Password;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;

/** One registration of one password: request, then record (RFC 9807 section 5). */
@Implements({"OPQ-1", "OPR-5"})
public final class ClientRegistration implements AutoCloseable {

  private final BlindedPassword password;
  private final ClientRandomness randomness;

  private ClientRegistration(BlindedPassword password, ClientRandomness randomness) {
    this.password = password;
    this.randomness = randomness;
  }

  /** Blinds {@code password}, which is copied and stays the caller's to close. */
  public static ClientRegistration start(Password password, ClientRandomness randomness) {
    return new ClientRegistration(new BlindedPassword(password, randomness.blind()), randomness);
  }

  /** What the vault is to evaluate; the same at every call. */
  public RegistrationRequest request() {
    return RegistrationRequest.of(password.blinded());
  }

  /**
   * Makes the record. Takes as long as {@code stretching} does, and wipes this state.
   *
   * @throws IllegalStateException when called again or after {@link #close}
   */
  public Registered finish(
      RegistrationResponse response, OpaqueIdentities identities, KeyStretching stretching) {
    try (this;
        SecretBytes randomized = password.randomized(response.evaluated(), stretching);
        SecretBytes maskingKey = EnvelopeKeys.maskingKey(randomized);
        EnvelopeKeys keys = EnvelopeKeys.derive(randomized, randomness.envelopeNonce())) {
      Envelope envelope = keys.seal(response.serverPublicKey(), identities);
      RegistrationRecord record =
          RegistrationRecord.of(keys.clientPrivateKey().publicKey(), maskingKey, envelope);
      return new Registered(record, keys.exportKey());
    }
  }

  /** Wipes password and blind. */
  @Override
  public void close() {
    password.close();
  }
}
