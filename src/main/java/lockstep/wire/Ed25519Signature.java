package lockstep.wire;

import lockstep.spec.Implements;
import lockstep.spec.NonNormative;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Checks Ed25519 signatures (RFC 8032, pure) over the encodings of this package. */
@NonNormative("one place for a check that AUT-2, AUT-4, AUT-6, RCP-1 and WIR-4 share")
public final class Ed25519Signature {

  /** Length of a signature in bytes. */
  public static final int LENGTH = 64;

  /** Length of a public key in bytes. */
  public static final int PUBLIC_KEY_LENGTH = 32;

  private Ed25519Signature() {}

  /**
   * Whether {@code signature} is one of {@code input} by {@code publicKey}. A key or signature that
   * is no valid encoding, or has another length, is simply not a match.
   */
  @Implements({"AUT-2", "AUT-4", "AUT-6"})
  public static boolean isValid(Bytes publicKey, byte[] input, Bytes signature) {
    if (publicKey.length() != PUBLIC_KEY_LENGTH || signature.length() != LENGTH) {
      return false;
    }
    return Ed25519.verify(signature.toArray(), 0, publicKey.toArray(), 0, input, 0, input.length);
  }
}
