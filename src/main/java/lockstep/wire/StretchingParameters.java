package lockstep.wire;

import lockstep.spec.Implements;

/**
 * Argon2id parameters as they are sent (WIR-6). Floor and ceiling (OPQ-5) are the client's to
 * check.
 *
 * @param memoryKib memory in KiB, not negative
 * @param passes passes, not negative
 * @param lanes lanes, not negative
 */
@Implements("WIR-6")
public record StretchingParameters(int memoryKib, int passes, int lanes) {

  /** Length of the encoding in bytes. */
  public static final int LENGTH = 12;

  /**
   * @throws IllegalArgumentException (a programmer error) if a value is negative
   */
  public StretchingParameters {
    if (memoryKib < 0 || passes < 0 || lanes < 0) {
      throw new IllegalArgumentException("parameters outside their encoding");
    }
  }

  /** The 12 bytes of these parameters. */
  public byte[] encode() {
    return new WireWriter().u32(memoryKib).u32(passes).u32(lanes).toByteArray();
  }

  /** Reads the next 12 bytes. */
  public static StretchingParameters read(WireReader reader) {
    return new StretchingParameters(reader.u32(), reader.u32(), reader.u32());
  }
}
