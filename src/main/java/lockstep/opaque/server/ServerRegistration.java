package lockstep.opaque.server;

import lockstep.opaque.CredentialIdentifier;
import lockstep.opaque.Oprf;
import lockstep.opaque.RegistrationRequest;
import lockstep.opaque.RegistrationResponse;
import lockstep.opaque.Scalar;
import lockstep.spec.Implements;

/**
 * The vault's one step of a registration (RFC 9807 section 5.2.2). It is an OPRF evaluation, so the
 * caller grants one for each generation.
 */
@Implements({"OPQ-1", "OPQ-3~2"})
public final class ServerRegistration {

  private ServerRegistration() {}

  /** Evaluates {@code request} under the key of {@code identifier}; the same answer every time. */
  public static RegistrationResponse evaluate(
      ServerSetup setup, CredentialIdentifier identifier, RegistrationRequest request) {
    try (Scalar key = setup.oprfKey(identifier)) {
      return RegistrationResponse.of(Oprf.evaluate(key, request.blinded()), setup.publicKey());
    }
  }
}
