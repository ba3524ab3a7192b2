package lockstep.opaque;

import java.util.Optional;
import lockstep.spec.Implements;

/** The blinded password of a registration: one element (RFC 9807 section 5.1). */
@Implements({"OPQ-1", "OPR-2"})
public final class RegistrationRequest extends Message {

  /** {@code blinded_message}. */
  public static final int LENGTH_BYTES = OpaqueSuite.ELEMENT_BYTES;

  private final Element blinded;

  private RegistrationRequest(Element blinded) {
    super(blinded.encode());
    this.blinded = blinded;
  }

  /** The request that carries {@code blinded}. */
  public static RegistrationRequest of(Element blinded) {
    return new RegistrationRequest(blinded);
  }

  /** Empty unless {@code encoded} is 33 bytes that are an element. */
  public static Optional<RegistrationRequest> parse(byte[] encoded) {
    return Element.parse(encoded).map(RegistrationRequest::new);
  }

  /** The blinded password. */
  public Element blinded() {
    return blinded;
  }
}
