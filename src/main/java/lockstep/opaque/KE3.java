package lockstep.opaque;

import java.util.Optional;
import lockstep.spec.Implements;

/** The client's proof: {@code client_mac} (RFC 9807 section 6.1). */
@Implements("OPQ-1")
public final class KE3 extends Message {

  /** {@code client_mac}. */
  public static final int LENGTH_BYTES = OpaqueSuite.HASH_BYTES;

  private KE3(byte[] owned) {
    super(owned);
  }

  /** Empty unless {@code encoded} is 32 bytes. */
  public static Optional<KE3> parse(byte[] encoded) {
    return encoded.length == LENGTH_BYTES
        ? Optional.of(new KE3(encoded.clone()))
        : Optional.empty();
  }
}
