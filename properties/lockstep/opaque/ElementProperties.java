package lockstep.opaque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** One encoding for one element, and nothing else is an element. */
class ElementProperties {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final BigInteger FIELD = P256.GENERATOR.getCurve().getField().getCharacteristic();

  @Property(tries = 100)
  @Verifies("OPR-2")
  void everyElementIsReadBackFromItsOneForm(@ForAll long ignored) {
    try (Scalar scalar = Scalar.random(RANDOM)) {
      Element element = scalar.publicKey();
      assertThat(element.encode()).hasSize(33);
      assertThat(Element.parse(element.encode())).contains(element);
    }
  }

  @Property(tries = 50)
  @Verifies("OPR-2")
  void uncompressedAndHybridFormsAreRefused(@ForAll long ignored) {
    try (Scalar scalar = Scalar.random(RANDOM)) {
      ECPoint point = scalar.publicKey().point();
      byte[] uncompressed = point.getEncoded(false);
      assertThat(P256.GENERATOR.getCurve().decodePoint(uncompressed)).isEqualTo(point);
      assertThat(Element.parse(uncompressed)).isEmpty();
      byte[] hybrid = uncompressed.clone();
      hybrid[0] = (byte) (6 + (hybrid[64] & 1));
      assertThat(P256.GENERATOR.getCurve().decodePoint(hybrid)).isEqualTo(point);
      assertThat(Element.parse(hybrid)).isEmpty();
    }
  }

  @Example
  @Verifies("OPR-2")
  void theIdentityIsRefusedInEveryLength() {
    assertThat(P256.GENERATOR.getCurve().decodePoint(new byte[1]).isInfinity()).isTrue();
    for (int length = 0; length <= 66; length++) {
      assertThat(Element.parse(new byte[length])).isEmpty();
    }
  }

  @Property(tries = 50)
  @Verifies("OPR-2")
  void everyOtherLengthAndPrefixIsRefused(@ForAll @IntRange(max = 66) int length) {
    try (Scalar scalar = Scalar.random(RANDOM)) {
      byte[] encoded = scalar.publicKey().encode();
      if (length != 33) {
        assertThat(Element.parse(Arrays.copyOf(encoded, length))).isEmpty();
      }
      for (int prefix = 0; prefix < 256; prefix++) {
        encoded[0] = (byte) prefix;
        assertThat(Element.parse(encoded).isPresent()).isEqualTo(prefix == 2 || prefix == 3);
      }
    }
  }

  @Property(tries = 200)
  @Verifies("OPR-2")
  void abscissasBeyondTheFieldAreRefused(@ForAll @IntRange(max = 100_000) int small) {
    byte[] canonical = encode(BigInteger.valueOf(small));
    byte[] beyond = encode(BigInteger.valueOf(small).add(FIELD));
    assertThat(Element.parse(beyond)).isEmpty();
    Element.parse(canonical)
        .ifPresent(element -> assertThat(element.encode()).isEqualTo(canonical));
    byte[] highest = new byte[33];
    Arrays.fill(highest, (byte) 0xff);
    highest[0] = 2;
    assertThat(Element.parse(highest)).isEmpty();
  }

  @Property
  @Verifies("OPR-2")
  void exactlyTheAbscissasOfTheCurveAreElements(@ForAll @Size(32) byte[] bytes) {
    BigInteger x = new BigInteger(1, bytes).mod(FIELD);
    BigInteger b = P256.GENERATOR.getCurve().getB().toBigInteger();
    BigInteger square = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b).mod(FIELD);
    // Euler's criterion, independent of the library's decoding.
    BigInteger half = FIELD.subtract(BigInteger.ONE).shiftRight(1);
    boolean onTheCurve = square.modPow(half, FIELD).equals(BigInteger.ONE);
    assertThatCode(() -> assertThat(Element.parse(encode(x)).isPresent()).isEqualTo(onTheCurve))
        .doesNotThrowAnyException();
  }

  @Example
  @Verifies("OPR-3")
  void theScalarsAreThoseFromOneToTheOrderLessOne() {
    BigInteger n = P256.ORDER;
    assertThat(isScalar(BigInteger.ZERO)).isFalse();
    assertThat(isScalar(BigInteger.ONE)).isTrue();
    assertThat(isScalar(n.subtract(BigInteger.ONE))).isTrue();
    assertThat(isScalar(n)).isFalse();
    assertThat(isScalar(n.add(BigInteger.ONE))).isFalse();
    assertThat(isScalar(BigInteger.TWO.pow(256).subtract(BigInteger.ONE))).isFalse();
    assertThat(Scalar.parse(SecretBytes.copyOf(new byte[] {1}))).isEmpty();
    assertThat(Scalar.parse(SecretBytes.copyOf(new byte[33]))).isEmpty();
  }

  /** Drawn near the order's ends, where a bound that is off by a little shows. */
  @Property(tries = 500)
  @Verifies("OPR-3")
  void whatIsReadAsAScalarIsWithinTheOrder(
      @ForAll @IntRange(min = -1_000, max = 1_000) int near, @ForAll boolean atTheOrder) {
    BigInteger value =
        BigInteger.valueOf(near).add(atTheOrder ? P256.ORDER : BigInteger.valueOf(1_000));
    boolean inRange = value.signum() > 0 && value.compareTo(P256.ORDER) < 0;
    assertThat(isScalar(value)).isEqualTo(inRange);
  }

  @Example
  @Verifies({"OPR-3", "OPR-5"})
  void anOutOfRangeDrawIsDrawnAgain() {
    byte[] zero = new byte[32];
    byte[] order = BigIntegers.asUnsignedByteArray(32, P256.ORDER);
    byte[] good = BigIntegers.asUnsignedByteArray(32, BigInteger.valueOf(77));
    ScriptedRandom random = new ScriptedRandom(zero, order, good);
    assertThatCode(
            () -> {
              try (Scalar drawn = Scalar.random(random);
                  SecretBytes encoded = drawn.encode()) {
                assertThat(encoded.<byte[]>expose(byte[]::clone)).isEqualTo(good);
              }
            })
        .doesNotThrowAnyException();
    assertThat(random.draws()).isEqualTo(3);
  }

  @Property(tries = 100)
  @Verifies({"OPR-4", "OPR-1"})
  void constantTimeMultiplicationAgreesWithTheLibrarysOrdinaryOne(@ForAll @Size(32) byte[] bytes) {
    BigInteger k = new BigInteger(1, bytes).mod(P256.ORDER).max(BigInteger.ONE);
    ECPoint base = P256.hashToCurve(bytes, "agreement");
    ECPoint product = base.multiply(k).normalize();
    assertThat(P256.multiply(base, k)).isEqualTo(product);
    try (Scalar scalar = Scalar.of(k)) {
      assertThat(scalar.multiply(Element.of(base))).isEqualTo(Element.of(product));
      assertThat(scalar.divide(Element.of(product))).isEqualTo(Element.of(base));
    }
    assertThat(P256.invert(k).multiply(k).mod(P256.ORDER)).isEqualTo(BigInteger.ONE);
  }

  private static boolean isScalar(BigInteger value) {
    try (SecretBytes encoded = SecretBytes.absorb(BigIntegers.asUnsignedByteArray(32, value))) {
      return Scalar.parse(encoded).isPresent();
    }
  }

  private static byte[] encode(BigInteger x) {
    byte[] encoded = new byte[33];
    encoded[0] = 2;
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, x), 0, encoded, 1, 32);
    return encoded;
  }
}
