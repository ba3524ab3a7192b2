package lockstep.opaque;

import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;

/** Hides server public key and envelope from anyone without the masking key (RFC 9807 6.3.2.2). */
@Implements("OPQ-1")
public final class CredentialMask {

  /** Server public key and envelope. */
  public static final int LENGTH_BYTES = OpaqueSuite.ELEMENT_BYTES + Envelope.LENGTH_BYTES;

  private CredentialMask() {}

  /** {@code masked_response} of a key and an envelope. */
  public static byte[] mask(
      SecretBytes maskingKey, byte[] maskingNonce, Element serverPublicKey, Envelope envelope) {
    return apply(
        maskingKey, maskingNonce, Bytes.concat(serverPublicKey.encode(), envelope.encode()));
  }

  /** The inverse: key ‖ envelope, of which nothing is authenticated yet. */
  public static byte[] unmask(SecretBytes maskingKey, byte[] maskingNonce, byte[] masked) {
    return apply(maskingKey, maskingNonce, masked);
  }

  private static byte[] apply(SecretBytes maskingKey, byte[] maskingNonce, byte[] input) {
    try (SecretBytes pad =
        KeySchedule.expand(maskingKey, maskingNonce, "CredentialResponsePad", LENGTH_BYTES)) {
      return pad.expose(
          bytes -> {
            byte[] output = input.clone();
            for (int i = 0; i < output.length; i++) {
              output[i] ^= bytes[i];
            }
            return output;
          });
    }
  }
}
