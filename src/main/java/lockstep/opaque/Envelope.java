package lockstep.opaque;

import java.util.Optional;
import lockstep.spec.Implements;

/** A nonce, and a tag over nonce and identities (RFC 9807 section 4.1.1). */
@Implements("OPQ-1")
public final class Envelope extends Message {

  /** {@code nonce || auth_tag}. */
  public static final int LENGTH_BYTES = OpaqueSuite.NONCE_BYTES + OpaqueSuite.HASH_BYTES;

  private Envelope(byte[] owned) {
    super(owned);
  }

  /** The envelope of a nonce of 32 bytes and a tag of 32 bytes. */
  public static Envelope of(byte[] nonce, byte[] tag) {
    return parse(Bytes.concat(nonce, tag)).orElseThrow(IllegalArgumentException::new);
  }

  /** Empty unless {@code encoded} is 64 bytes; any content is an envelope, few are authentic. */
  public static Optional<Envelope> parse(byte[] encoded) {
    return encoded.length == LENGTH_BYTES
        ? Optional.of(new Envelope(encoded.clone()))
        : Optional.empty();
  }

  /** {@code envelope_nonce}, 32 bytes. */
  public byte[] nonce() {
    return field(0, OpaqueSuite.NONCE_BYTES);
  }

  /** {@code auth_tag}, 32 bytes. */
  public byte[] tag() {
    return field(OpaqueSuite.NONCE_BYTES, OpaqueSuite.HASH_BYTES);
  }
}
