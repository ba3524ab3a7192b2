package lockstep.opaque;

import java.util.Optional;
import lockstep.spec.Implements;

/** The client's first login message (RFC 9807 section 6.1). */
@Implements({"OPQ-1", "OPR-2"})
public final class KE1 extends Message {

  /** {@code blinded_message || client_nonce || client_public_keyshare}. */
  public static final int LENGTH_BYTES = 2 * OpaqueSuite.ELEMENT_BYTES + OpaqueSuite.NONCE_BYTES;

  private static final int KEYSHARE_OFFSET = OpaqueSuite.ELEMENT_BYTES + OpaqueSuite.NONCE_BYTES;

  private final Element blinded;
  private final Element clientKeyshare;

  private KE1(byte[] owned, Element blinded, Element clientKeyshare) {
    super(owned);
    this.blinded = blinded;
    this.clientKeyshare = clientKeyshare;
  }

  /** The message of the three; {@code clientNonce} is 32 bytes. */
  public static KE1 of(Element blinded, byte[] clientNonce, Element clientKeyshare) {
    if (clientNonce.length != OpaqueSuite.NONCE_BYTES) {
      throw new IllegalArgumentException("nonce is 32 bytes");
    }
    return new KE1(
        Bytes.concat(blinded.encode(), clientNonce, clientKeyshare.encode()),
        blinded,
        clientKeyshare);
  }

  /** Empty unless {@code encoded} is 98 bytes with an element at either end. */
  public static Optional<KE1> parse(byte[] encoded) {
    if (encoded.length != LENGTH_BYTES) {
      return Optional.empty();
    }
    return element(encoded, 0)
        .flatMap(
            blinded ->
                element(encoded, KEYSHARE_OFFSET)
                    .map(keyshare -> new KE1(encoded.clone(), blinded, keyshare)));
  }

  /** The blinded password. */
  public Element blinded() {
    return blinded;
  }

  /** The client's ephemeral public key. */
  public Element clientKeyshare() {
    return clientKeyshare;
  }
}
