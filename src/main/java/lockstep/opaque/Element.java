package lockstep.opaque;

import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Decides;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** A point of P-256 other than the identity; as bytes, its one compressed form of 33 bytes. */
@Decides("OPR-2")
public final class Element {

  private final ECPoint point;
  private final byte[] encoded;

  private Element(ECPoint point, byte[] encoded) {
    this.point = point;
    this.encoded = encoded;
  }

  /** Empty unless {@code encoded} is 33 bytes, begins with 2 or 3 and is a point of the curve. */
  public static Optional<Element> parse(byte[] encoded) {
    return P256.decode(encoded).map(point -> new Element(point, encoded.clone()));
  }

  static Element of(ECPoint point) {
    return new Element(point, P256.encode(point));
  }

  ECPoint point() {
    return point;
  }

  /** The 33 bytes. */
  public byte[] encode() {
    return encoded.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Element element && Arrays.equals(encoded, element.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }
}
