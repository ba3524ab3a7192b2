package lockstep.opaque;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.bouncycastle.util.BigIntegers;

/**
 * A secret number from 1 to n−1: a blind, an OPRF key or a private key.
 *
 * <p>Each use makes a {@link BigInteger} of it, which cannot be wiped and is garbage when the use
 * ends.
 */
@Decides("OPR-3")
@Implements({"SEC-1", "SEC-3", "OPR-4"})
public final class Scalar implements AutoCloseable {

  private final SecretBytes bigEndian;

  private Scalar(SecretBytes bigEndian) {
    this.bigEndian = bigEndian;
  }

  /** Empty unless {@code encoded} is 32 bytes, big-endian, from 1 to n−1. */
  public static Optional<Scalar> parse(SecretBytes encoded) {
    boolean inRange =
        encoded.length() == OpaqueSuite.SCALAR_BYTES
            && encoded.<Boolean>expose(bytes -> P256.isScalar(new BigInteger(1, bytes)));
    return inRange ? Optional.of(new Scalar(encoded.duplicate())) : Optional.empty();
  }

  /** Uniform from 1 to n−1: draws 32 bytes until they are in range. */
  @Decides("OPR-5")
  @Implements("OPQ-7")
  public static Scalar random(SecureRandom random) {
    while (true) {
      try (SecretBytes drawn = SecretBytes.random(random, OpaqueSuite.SCALAR_BYTES)) {
        Optional<Scalar> scalar = parse(drawn);
        if (scalar.isPresent()) {
          return scalar.get();
        }
      }
    }
  }

  static Scalar of(BigInteger value) {
    if (!P256.isScalar(value)) {
      throw new IllegalArgumentException("scalar out of range");
    }
    return new Scalar(
        SecretBytes.absorb(BigIntegers.asUnsignedByteArray(OpaqueSuite.SCALAR_BYTES, value)));
  }

  /** The generator times this: the public key of this private key. */
  public Element publicKey() {
    return use(k -> Element.of(P256.multiply(P256.GENERATOR, k)));
  }

  /** {@code element} times this, for others to see. */
  public Element multiply(Element element) {
    return use(k -> Element.of(P256.multiply(element.point(), k)));
  }

  /** {@code element} times the inverse of this. */
  Element divide(Element element) {
    return use(k -> Element.of(P256.multiply(element.point(), P256.invert(k))));
  }

  /** {@code element} times this, as a shared secret: its 33 bytes. */
  public SecretBytes agree(Element element) {
    return SecretBytes.absorb(multiply(element).encode());
  }

  /** The 32 bytes. */
  public SecretBytes encode() {
    return bigEndian.duplicate();
  }

  /** A second owner of the same number, to be closed on its own. */
  public Scalar duplicate() {
    return new Scalar(bigEndian.duplicate());
  }

  /** Wipes the number. */
  @Override
  public void close() {
    bigEndian.close();
  }

  @Override
  public String toString() {
    return "Scalar(redacted)";
  }

  private <R> R use(Function<BigInteger, R> computation) {
    return bigEndian.expose(bytes -> computation.apply(new BigInteger(1, bytes)));
  }
}
