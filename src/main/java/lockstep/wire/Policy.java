package lockstep.wire;

import lockstep.spec.Implements;

/**
 * An attempt policy as it is sent (WIR-5). Its bounds (LIM-1) are the receiver's to check.
 *
 * @param attempts attempts in a round, 0 to 65,535
 * @param rounds rounds, 0 to 65,535
 * @param waitMillis wait after a round, in milliseconds, not negative
 */
@Implements("WIR-5")
public record Policy(int attempts, int rounds, long waitMillis) {

  /** Length of the encoding in bytes. */
  public static final int LENGTH = 12;

  /**
   * @throws IllegalArgumentException (a programmer error) if a value does not fit its field
   */
  public Policy {
    if (attempts < 0 || attempts > 0xffff || rounds < 0 || rounds > 0xffff || waitMillis < 0) {
      throw new IllegalArgumentException("policy outside its encoding");
    }
  }

  /** The 12 bytes of this policy. */
  public byte[] encode() {
    return new WireWriter().u16(attempts).u16(rounds).u64(waitMillis).toByteArray();
  }

  /** Reads the next 12 bytes. */
  public static Policy read(WireReader reader) {
    return new Policy(reader.u16(), reader.u16(), reader.u64());
  }
}
