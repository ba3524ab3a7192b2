package lockstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import lockstep.spec.Verifies;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * Every plaintext length has one chunking, and every sealed length at most one plaintext length.
 */
class ChunkArithmeticProperties {

  @Property
  @Verifies("PAY-2")
  void lengthsRoundTrip(@ForAll("plaintextLengths") long plaintext) {
    long sealed = ChunkArithmetic.sealedLength(plaintext);
    assertThat(sealed).isEqualTo(56 + plaintext + 16 * (plaintext / 16384 + 1));
    assertThat(ChunkArithmetic.plaintextLength(sealed)).isEqualTo(plaintext);
  }

  @Property
  @Verifies("PAY-2")
  void aSealedLengthIsRefusedOrExactlyOnePlaintexts(@ForAll("sealedLengths") long sealed) {
    long plaintext = ChunkArithmetic.plaintextLength(sealed);
    if (plaintext == -1) {
      long last = Math.floorMod(sealed - 56, 16400);
      assertThat(sealed < 72 || last < 16 || sealed > maxSealed()).isTrue();
    } else {
      assertThat(ChunkArithmetic.sealedLength(plaintext)).isEqualTo(sealed);
    }
  }

  @Property(tries = 200)
  @Verifies("PAY-2")
  void allButTheLastChunkAreFullAndTheLastIsNot(@ForAll("plaintextLengths") long plaintext) {
    long chunks = ChunkArithmetic.chunkCount(plaintext);
    long last = plaintext - (chunks - 1) * 16384;
    assertThat(last).isBetween(0L, 16383L);
  }

  @Example
  @Verifies({"PAY-2", "PAY-6"})
  void theSmallestAndTheLargestMessage() {
    assertThat(ChunkArithmetic.sealedLength(0)).isEqualTo(72);
    assertThat(ChunkArithmetic.plaintextLength(71)).isEqualTo(-1);
    assertThat(ChunkArithmetic.MAX_PLAINTEXT_BYTES).isEqualTo((1L << 52) - 1);
    assertThat(ChunkArithmetic.chunkCount((1L << 52) - 1)).isEqualTo(1L << 38);
    assertThat(ChunkArithmetic.chunkCount(1L << 52)).isEqualTo(-1);
    assertThat(ChunkArithmetic.sealedLength(1L << 52)).isEqualTo(-1);
    assertThat(ChunkArithmetic.plaintextLength(maxSealed())).isEqualTo((1L << 52) - 1);
    assertThat(ChunkArithmetic.plaintextLength(maxSealed() + 17)).isEqualTo(-1);
    assertThat(ChunkArithmetic.plaintextLength(Long.MAX_VALUE)).isEqualTo(-1);
    assertThat(ChunkArithmetic.sealedLength(-1)).isEqualTo(-1);
  }

  @Property
  @Verifies("PAY-1")
  void theNonceIsTheBaseNonceXorTheChunkNumber(
      @ForAll @Size(12) byte[] base, @ForAll @LongRange(max = (1L << 38) - 1) long number) {
    byte[] nonce = new byte[12];
    assertThat(ChunkArithmetic.writeNonce(base, number, nonce)).isTrue();
    assertThat(new BigInteger(1, nonce))
        .isEqualTo(new BigInteger(1, base).xor(BigInteger.valueOf(number)));
  }

  @Example
  @Verifies("PAY-6")
  void thereIsNoNonceForAChunkThatNoMessageHas() {
    byte[] nonce = new byte[12];
    assertThat(ChunkArithmetic.writeNonce(new byte[12], (1L << 38) - 1, nonce)).isTrue();
    byte[] before = nonce.clone();
    assertThat(ChunkArithmetic.writeNonce(new byte[12], 1L << 38, nonce)).isFalse();
    assertThat(ChunkArithmetic.writeNonce(new byte[12], -1, nonce)).isFalse();
    assertThat(nonce).isEqualTo(before);
  }

  @Provide
  Arbitrary<Long> plaintextLengths() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, ChunkArithmetic.MAX_PLAINTEXT_BYTES),
        Arbitraries.longs().between(0, 70000),
        nearMultiplesOf(16384, (1L << 38) - 1));
  }

  @Provide
  Arbitrary<Long> sealedLengths() {
    return Arbitraries.oneOf(
        Arbitraries.longs(),
        Arbitraries.longs().between(0, 70000),
        nearMultiplesOf(16400, 1L << 38).map(length -> length + 56));
  }

  private static Arbitrary<Long> nearMultiplesOf(long unit, long most) {
    Arbitrary<Long> offsets = Arbitraries.longs().between(0, 20);
    return Arbitraries.longs()
        .between(0, most)
        .flatMap(count -> offsets.map(offset -> count * unit + offset));
  }

  private static long maxSealed() {
    return 56 + ((1L << 38) - 1) * 16400 + 16399;
  }
}
