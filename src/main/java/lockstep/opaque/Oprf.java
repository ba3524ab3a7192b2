package lockstep.opaque;

import java.math.BigInteger;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;

/** RFC 9497, suite P256-SHA256, mode OPRF (0x00). */
@Decides("OPR-1")
public final class Oprf {

  // "OPRFV1-" || I2OSP(0x00, 1) || "-" || "P256-SHA256"
  private static final String CONTEXT = "OPRFV1-\0-P256-SHA256";
  private static final String HASH_TO_GROUP = "HashToGroup-" + CONTEXT;
  private static final String DERIVE_KEY_PAIR = "DeriveKeyPair" + CONTEXT;
  private static final int DERIVATIONS = 256;

  private Oprf() {}

  /** {@code Blind}: the element that hides {@code input}, at most 65,535 bytes. */
  public static Element blind(byte[] input, Scalar blind) {
    return blind.multiply(Element.of(P256.hashToCurve(input, HASH_TO_GROUP)));
  }

  /** {@code BlindEvaluate}. */
  public static Element evaluate(Scalar key, Element blinded) {
    return key.multiply(blinded);
  }

  /** {@code Finalize}: 32 bytes. */
  public static SecretBytes finish(byte[] input, Scalar blind, Element evaluated) {
    byte[] unblinded = blind.divide(evaluated).encode();
    byte[] hashInput =
        Bytes.concat(Bytes.bytes16(input), Bytes.bytes16(unblinded), Bytes.ascii("Finalize"));
    byte[] output = KeySchedule.sha256(hashInput);
    SecretBytes.wipe(hashInput);
    SecretBytes.wipe(unblinded);
    return SecretBytes.absorb(output);
  }

  /** {@code DeriveKeyPair}: the private key. */
  public static Scalar deriveKey(SecretBytes seed, String info) {
    return seed.expose(
        bytes -> {
          byte[] input = Bytes.concat(bytes, Bytes.bytes16(Bytes.ascii(info)), new byte[] {0});
          try {
            return deriveKey(input);
          } finally {
            SecretBytes.wipe(input);
          }
        });
  }

  private static Scalar deriveKey(byte[] input) {
    for (int counter = 0; counter < DERIVATIONS; counter++) {
      input[input.length - 1] = (byte) counter;
      BigInteger candidate = P256.hashToScalar(input, DERIVE_KEY_PAIR);
      if (P256.isScalar(candidate)) {
        return Scalar.of(candidate);
      }
    }
    throw new IllegalStateException("no key derived");
  }
}
