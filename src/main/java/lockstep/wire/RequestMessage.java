package lockstep.wire;

import java.util.Optional;
import lockstep.spec.Implements;

/**
 * A whole request message: the request and the client's nonce, which no other message of that
 * client has. The vault's signature covers both, so that a reply answers one sending only (WIR-4).
 *
 * @param request the request
 * @param nonce fresh random bytes, 32 of them
 */
@Implements({"WIR-1~2", "WIR-3", "WIR-4~2"})
public record RequestMessage(Request request, Bytes nonce) {

  /** Length of a nonce in bytes. */
  public static final int NONCE_BYTES = Sizes.NONCE;

  /**
   * @throws IllegalArgumentException (a programmer error) if the nonce is not 32 bytes
   */
  public RequestMessage {
    nonce.requireLength(NONCE_BYTES);
  }

  /**
   * The message, at most 16,384 bytes.
   *
   * @throws IllegalArgumentException (a programmer error) if a token makes it longer
   */
  public byte[] encode() {
    return RequestCodec.encode(this);
  }

  /** The message, or empty if {@code message} is not exactly the encoding of one. */
  public static Optional<RequestMessage> decode(byte[] message) {
    return RequestCodec.decode(message);
  }
}
