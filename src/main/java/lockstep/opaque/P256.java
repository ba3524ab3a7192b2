package lockstep.opaque;

import java.math.BigInteger;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import org.bouncycastle.crypto.hash2curve.OPRFHashToScalar;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** Everything that this project asks of the library's P-256, and nothing else calls it. */
final class P256 {

  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("P-256");
  private static final ECCurve CURVE = PARAMETERS.getCurve();
  private static final int SECURITY_BITS = 128;

  static final BigInteger ORDER = PARAMETERS.getN();
  static final ECPoint GENERATOR = PARAMETERS.getG();

  private P256() {}

  /** The point that 33 canonical bytes encode; empty for anything else, the identity included. */
  static Optional<ECPoint> decode(byte[] encoded) {
    // The library would also take the identity and the uncompressed and hybrid forms.
    if (encoded.length != OpaqueSuite.ELEMENT_BYTES || (encoded[0] != 2 && encoded[0] != 3)) {
      return Optional.empty();
    }
    try {
      return Optional.of(CURVE.decodePoint(encoded)).filter(point -> !point.isInfinity());
    } catch (IllegalArgumentException notOnTheCurve) {
      return Optional.empty();
    }
  }

  static byte[] encode(ECPoint point) {
    if (point.isInfinity()) {
      throw new IllegalStateException("the identity has no canonical encoding");
    }
    return point.getEncoded(true);
  }

  static boolean isScalar(BigInteger value) {
    return value.signum() > 0 && value.compareTo(ORDER) < 0;
  }

  /** Constant-time in {@code secret}, which the library takes from any range unless told. */
  @Decides("OPR-4")
  @Implements("OPR-1")
  static ECPoint multiply(ECPoint point, BigInteger secret) {
    if (!isScalar(secret)) {
      throw new IllegalArgumentException("scalar out of range");
    }
    return ECAlgorithms.multiplySecret(point, secret, ORDER).normalize();
  }

  /** Constant-time in {@code secret}. */
  static BigInteger invert(BigInteger secret) {
    return BigIntegers.modOddInverse(ORDER, secret);
  }

  /** RFC 9380 {@code P256_XMD:SHA-256_SSWU_RO_}. */
  static ECPoint hashToCurve(byte[] input, String domain) {
    ECPoint point =
        HashToEllipticCurve.getInstance(HashToCurveProfile.P256_XMD_SHA_256, domain)
            .hashToCurve(input);
    return CURVE.importPoint(point).normalize();
  }

  /** RFC 9497 section 4.3, {@code HashToScalar}. */
  static BigInteger hashToScalar(byte[] input, String domain) {
    return new OPRFHashToScalar(CURVE, new SHA256Digest(), SECURITY_BITS)
        .process(input, Bytes.ascii(domain));
  }
}
