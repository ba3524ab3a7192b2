package lockstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import lockstep.spec.Verifies;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Padding hides a length, costs less than a sixteenth, and never hides which of two is longer by
 * much.
 */
class PaddingArithmeticProperties {

  @Property
  @Verifies("PAD-2")
  void paddingIsLessThanASixteenth(@ForAll("lengths") long content) {
    long padded = PaddingArithmetic.paddedLength(content);
    long floor = Math.max(content, 256);
    assertThat(padded).isGreaterThanOrEqualTo(floor);
    assertThat((padded - floor) * 16).isLessThan(floor);
  }

  @Property
  @Verifies("PAD-1")
  void paddingIsMonotoneAndPaddedLengthsStay(
      @ForAll("lengths") long one, @ForAll("lengths") long two) {
    long small = PaddingArithmetic.paddedLength(Math.min(one, two));
    assertThat(small).isLessThanOrEqualTo(PaddingArithmetic.paddedLength(Math.max(one, two)));
    assertThat(PaddingArithmetic.paddedLength(small)).isEqualTo(small);
  }

  @Property
  @Verifies("PAD-1")
  void aPaddedLengthIsTheNextMultipleOfItsUnit(@ForAll("lengths") long content) {
    long length = Math.max(content, 256);
    int exponent = 63 - Long.numberOfLeadingZeros(length);
    int kept = 31 - Integer.numberOfLeadingZeros(exponent) + 1;
    long unit = 1L << (exponent - kept);
    long padded = PaddingArithmetic.paddedLength(content);
    assertThat(padded % unit).isZero();
    assertThat(padded - length).isBetween(0L, unit - 1);
  }

  @Example
  @Verifies("PAD-1")
  void knownLengths() {
    assertThat(PaddingArithmetic.paddedLength(0)).isEqualTo(256);
    assertThat(PaddingArithmetic.paddedLength(256)).isEqualTo(256);
    assertThat(PaddingArithmetic.paddedLength(257)).isEqualTo(272);
    assertThat(PaddingArithmetic.paddedLength(1000)).isEqualTo(1024);
    assertThat(PaddingArithmetic.paddedLength(16_777_215)).isEqualTo(16_777_216);
    assertThat(PaddingArithmetic.paddedLength(16_777_216)).isEqualTo(16_777_216);
    assertThat(PaddingArithmetic.paddedLength(1L << 51)).isEqualTo(1L << 51);
  }

  @Example
  @Verifies("PAD-1")
  void impossibleLengthsAreRefused() {
    assertThat(PaddingArithmetic.paddedLength(-1)).isEqualTo(-1);
    assertThat(PaddingArithmetic.paddedLength((1L << 51) + 1)).isEqualTo(-1);
    assertThat(PaddingArithmetic.paddedLength(Long.MAX_VALUE)).isEqualTo(-1);
    assertThat(PaddingArithmetic.paddedLength(Long.MIN_VALUE)).isEqualTo(-1);
  }

  @Provide
  Arbitrary<Long> lengths() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, PaddingArithmetic.MAX_CONTENT_BYTES),
        Arbitraries.longs().between(0, 100_000),
        Arbitraries.integers()
            .between(8, 51)
            .flatMap(
                power ->
                    Arbitraries.longs()
                        .between(-3, 3)
                        .map(
                            offset ->
                                Math.min(
                                    (1L << power) + offset, PaddingArithmetic.MAX_CONTENT_BYTES))));
  }
}
