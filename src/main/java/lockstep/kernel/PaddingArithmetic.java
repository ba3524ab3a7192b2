package lockstep.kernel;

import lockstep.trace.Implements;

/**
 * Padded lengths (Padmé): a length keeps its highest ⌊log₂⌊log₂ L⌋⌋ + 1 bits below the leading one
 * and is rounded up in the rest.
 *
 * <p>Guarantees a result that is never shorter than the content or 256 bytes, never shrinks as
 * content grows, and exceeds {@code max(content, 256)} by less than 12 %.
 *
 * <p>Source: PAD-1; Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
 * Communication with PURBs", PETS 2019.
 */
@Implements("PAD-1~1")
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
  @   requires 0 <= contentBytes && contentBytes <= MAX_CONTENT_BYTES;
  @   ensures contentBytes <= \result && MIN_PADDED_BYTES <= \result && \result <= MAX_CONTENT_BYTES;
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
    long length = contentBytes < MIN_PADDED_BYTES ? MIN_PADDED_BYTES : contentBytes;
    int exponent = floorLog2(length);
    int keptBits = floorLog2(exponent) + 1;
    long unit = 1L << (exponent - keptBits);
    return (length + (unit - 1)) / unit * unit;
  }

  /** The place of the highest bit set in a positive number, from 0. */
  /*@ private normal_behavior
  @   requires 1 <= value;
  @   ensures 0 <= \result && \result <= 62;
  @   assignable \strictly_nothing;
  @*/
  private static int floorLog2(long value) {
    int place = 0;
    long rest = value;
    /*@ loop_invariant 0 <= place && 1 <= rest;
    @ loop_invariant place <= 62;
    @ decreases rest;
    @ assignable \strictly_nothing;
    @*/
    while (rest > 1) {
      rest = rest / 2;
      place++;
    }
    return place;
  }
}
