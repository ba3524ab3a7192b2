package lockstep.opaque.client;

import lockstep.opaque.Element;
import lockstep.opaque.KeySchedule;
import lockstep.opaque.KeyStretching;
import lockstep.opaque.Oprf;
import lockstep.opaque.Scalar;
import lockstep.secret.Password;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;

/** A password and its blind, from the request to the answer. */
@Implements({"OPR-5", "OPQ-1"})
final class BlindedPassword implements AutoCloseable {

  private final Password password;
  private final Scalar blind;
  private final Element blinded;

  /** Copies {@code password} and takes over {@code blind}. */
  BlindedPassword(Password password, Scalar blind) {
    this.password = password.duplicate();
    this.blind = blind;
    this.blinded = password.expose(bytes -> Oprf.blind(bytes, blind));
  }

  Element blinded() {
    return blinded;
  }

  /** {@code randomized_password} (RFC 9807 sections 5.2.3 and 6.3.2.3). */
  SecretBytes randomized(Element evaluated, KeyStretching stretching) {
    try (SecretBytes output = password.expose(bytes -> Oprf.finish(bytes, blind, evaluated));
        SecretBytes stretched = stretching.stretch(output)) {
      return KeySchedule.extract(output, stretched);
    }
  }

  @Override
  public void close() {
    password.close();
    blind.close();
  }
}
