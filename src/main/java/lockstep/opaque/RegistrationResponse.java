package lockstep.opaque;

import java.util.Optional;
import lockstep.spec.Implements;

/** The evaluated element and the vault's AKE public key (RFC 9807 section 5.1). */
@Implements({"OPQ-1", "OPR-2"})
public final class RegistrationResponse extends Message {

  /** {@code evaluated_message || server_public_key}. */
  public static final int LENGTH_BYTES = 2 * OpaqueSuite.ELEMENT_BYTES;

  private final Element evaluated;
  private final Element serverPublicKey;

  private RegistrationResponse(Element evaluated, Element serverPublicKey) {
    super(Bytes.concat(evaluated.encode(), serverPublicKey.encode()));
    this.evaluated = evaluated;
    this.serverPublicKey = serverPublicKey;
  }

  /** The response that carries both. */
  public static RegistrationResponse of(Element evaluated, Element serverPublicKey) {
    return new RegistrationResponse(evaluated, serverPublicKey);
  }

  /** Empty unless {@code encoded} is 66 bytes that are two elements. */
  public static Optional<RegistrationResponse> parse(byte[] encoded) {
    if (encoded.length != LENGTH_BYTES) {
      return Optional.empty();
    }
    return element(encoded, 0)
        .flatMap(
            evaluated ->
                element(encoded, OpaqueSuite.ELEMENT_BYTES)
                    .map(key -> new RegistrationResponse(evaluated, key)));
  }

  /** The evaluation of the blinded password. */
  public Element evaluated() {
    return evaluated;
  }

  /** The vault's AKE public key. */
  public Element serverPublicKey() {
    return serverPublicKey;
  }
}
