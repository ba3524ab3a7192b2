package lockstep.opaque;

import java.util.Optional;
import lockstep.spec.Implements;

/** The server's login message (RFC 9807 section 6.1). */
@Implements({"OPQ-1", "OPR-2"})
public final class KE2 extends Message {

  private static final int MASKING_NONCE_OFFSET = OpaqueSuite.ELEMENT_BYTES;
  private static final int MASKED_OFFSET = MASKING_NONCE_OFFSET + OpaqueSuite.NONCE_BYTES;
  private static final int SERVER_NONCE_OFFSET = MASKED_OFFSET + CredentialMask.LENGTH_BYTES;
  private static final int KEYSHARE_OFFSET = SERVER_NONCE_OFFSET + OpaqueSuite.NONCE_BYTES;
  private static final int MAC_OFFSET = KEYSHARE_OFFSET + OpaqueSuite.ELEMENT_BYTES;

  /**
   * {@code evaluated_message || masking_nonce || masked_response || server_nonce ||
   * server_public_keyshare || server_mac}.
   */
  public static final int LENGTH_BYTES = MAC_OFFSET + OpaqueSuite.HASH_BYTES;

  private final Element evaluated;
  private final Element serverKeyshare;

  private KE2(byte[] owned, Element evaluated, Element serverKeyshare) {
    super(owned);
    this.evaluated = evaluated;
    this.serverKeyshare = serverKeyshare;
  }

  /** Everything but the MAC, in order, 227 bytes: what the MAC is computed over. */
  public static byte[] head(
      Element evaluated,
      byte[] maskingNonce,
      byte[] maskedResponse,
      byte[] serverNonce,
      Element serverKeyshare) {
    return Bytes.concat(
        evaluated.encode(), maskingNonce, maskedResponse, serverNonce, serverKeyshare.encode());
  }

  /** The message of {@link #head} and MAC. */
  public static KE2 of(byte[] head, byte[] mac) {
    return parse(Bytes.concat(head, mac)).orElseThrow(IllegalArgumentException::new);
  }

  /** Empty unless {@code encoded} is 259 bytes with elements in their places. */
  public static Optional<KE2> parse(byte[] encoded) {
    if (encoded.length != LENGTH_BYTES) {
      return Optional.empty();
    }
    return element(encoded, 0)
        .flatMap(
            evaluated ->
                element(encoded, KEYSHARE_OFFSET)
                    .map(keyshare -> new KE2(encoded.clone(), evaluated, keyshare)));
  }

  /** The evaluation of the blinded password. */
  public Element evaluated() {
    return evaluated;
  }

  /** 32 bytes. */
  public byte[] maskingNonce() {
    return field(MASKING_NONCE_OFFSET, OpaqueSuite.NONCE_BYTES);
  }

  /** Server public key and envelope under {@link CredentialMask}, 97 bytes. */
  public byte[] maskedResponse() {
    return field(MASKED_OFFSET, CredentialMask.LENGTH_BYTES);
  }

  /** The server's ephemeral public key. */
  public Element serverKeyshare() {
    return serverKeyshare;
  }

  /** Everything before the MAC, 227 bytes. */
  public byte[] head() {
    return field(0, MAC_OFFSET);
  }

  /** {@code server_mac}, 32 bytes. */
  public byte[] mac() {
    return field(MAC_OFFSET, OpaqueSuite.HASH_BYTES);
  }
}
