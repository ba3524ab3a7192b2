package lockstep.kernel;

import lockstep.spec.Implements;

/**
 * Padded lengths (Padmé): a length keeps its highest ⌊log₂⌊log₂ L⌋⌋ + 1 bits below the leading one
 * and is rounded up in the rest.
 *
 * <p>Guarantees a result that is never shorter than the content or 256 bytes, never shrinks as
 * content grows, and exceeds {@code max(content, 256)} by less than a sixteenth.
 *
 * <p>Source: PAD-1, PAD-2; Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
 * Communication with PURBs", PETS 2019.
 */
@Implements({"PAD-1", "PAD-2"})
public final class PaddingArithmetic {

  /** The length in bytes that nothing is padded to less than. */
  public static final long MIN_PADDED_BYTES = 256;

  /** The longest content in bytes, 2⁵¹; its padded length still fits one sealed message. */
  public static final long MAX_CONTENT_BYTES = 2251799813685248L;

  private PaddingArithmetic() {}

  /**
   * The length in bytes that content is padded to.
   *
   * @return −1 when the content's length is negative or above {@link #MAX_CONTENT_BYTES}
   */
  /*@ public normal_behavior
  @   requires 0 <= contentBytes && contentBytes <= MIN_PADDED_BYTES;
  @   ensures \result == MIN_PADDED_BYTES;
  @   assignable \strictly_nothing;
  @ also
  @ public normal_behavior
  @   requires MIN_PADDED_BYTES < contentBytes && contentBytes <= MAX_CONTENT_BYTES;
  @   ensures contentBytes <= \result;
  @   ensures 16 * (\result - contentBytes) < contentBytes;
  @   assignable \strictly_nothing;
  @ also
  @ public normal_behavior
  @   requires contentBytes < 0 || MAX_CONTENT_BYTES < contentBytes;
  @   ensures \result == -1;
  @   assignable \strictly_nothing;
  @*/
  public static long paddedLength(long contentBytes) {
    if (contentBytes < 0 || contentBytes > MAX_CONTENT_BYTES) {
      return -1;
    }
    if (contentBytes <= MIN_PADDED_BYTES) {
      return MIN_PADDED_BYTES;
    }
    return roundedUp(contentBytes, unitOf(highestBit(contentBytes)));
  }

  /** The largest power of two that is not larger than a positive number. */
  /*@ private normal_behavior
  @   requires 1 <= value && value <= MAX_CONTENT_BYTES;
  @   ensures 1 <= \result && \result <= value && value < 2 * \result;
  @   assignable \strictly_nothing;
  @*/
  private static long highestBit(long value) {
    long bit = 1;
    /*@ loop_invariant 1 <= bit && bit <= value;
    @ decreases value - bit;
    @ assignable \strictly_nothing;
    @*/
    while (bit <= value / 2) {
      bit = bit * 2;
    }
    return bit;
  }

  /**
   * What a length is rounded up to a multiple of: 2^(E − S) for a highest bit 2^E, where S = ⌊log₂
   * E⌋ + 1 is 4 for E from 8 to 15, 5 from 16 to 31 and 6 from 32 to 51.
   */
  /*@ private normal_behavior
  @   requires 128 <= bit && bit <= MAX_CONTENT_BYTES;
  @   ensures 1 <= \result && 16 * \result <= bit;
  @   assignable \strictly_nothing;
  @*/
  private static long unitOf(long bit) {
    if (bit < 65536L) {
      return bit / 16;
    }
    if (bit < 4294967296L) {
      return bit / 32;
    }
    return bit / 64;
  }

  /** The smallest multiple of a unit that is not smaller than a length. */
  /*@ private normal_behavior
  @   requires 0 <= length && length <= MAX_CONTENT_BYTES;
  @   requires 1 <= unit && unit <= MAX_CONTENT_BYTES;
  @   ensures length <= \result && \result < length + unit;
  @   assignable \strictly_nothing;
  @*/
  private static long roundedUp(long length, long unit) {
    long over = length % unit;
    return over == 0 ? length : length + (unit - over);
  }
}
