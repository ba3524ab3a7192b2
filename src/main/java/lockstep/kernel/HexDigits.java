package lockstep.kernel;

import lockstep.spec.Implements;

/**
 * Hexadecimal digits, without tables and without branches on a locale.
 *
 * <p>Source: RKY-1 and RKY-3 for the 64-digit key, OBJ-4 and OBJ-5 for names.
 */
@Implements({"RKY-1", "RKY-3~2"})
public final class HexDigits {

  private HexDigits() {}

  /**
   * The value of a hexadecimal digit in either case.
   *
   * @return 0 to 15, or −1 for any other character
   */
  /*@ public normal_behavior
  @   ensures -1 <= \result && \result <= 15;
  @   ensures '0' <= digit && digit <= '9' ==> \result == digit - '0';
  @   ensures 'a' <= digit && digit <= 'f' ==> \result == digit - 'a' + 10;
  @   ensures 'A' <= digit && digit <= 'F' ==> \result == digit - 'A' + 10;
  @   ensures \result == -1 ==> !('0' <= digit && digit <= '9')
  @       && !('a' <= digit && digit <= 'f') && !('A' <= digit && digit <= 'F');
  @   assignable \strictly_nothing;
  @*/
  public static int valueOf(char digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
      return digit - 'a' + 10;
    }
    if (digit >= 'A' && digit <= 'F') {
      return digit - 'A' + 10;
    }
    return -1;
  }

  /** The lower-case digit of a value from 0 to 15. */
  /*@ public normal_behavior
  @   requires 0 <= value && value <= 15;
  @   ensures value < 10 ==> \result == '0' + value;
  @   ensures value >= 10 ==> \result == 'a' + (value - 10);
  @   assignable \strictly_nothing;
  @*/
  public static char digitOf(int value) {
    if (value < 10) {
      return (char) ('0' + value);
    }
    return (char) ('a' + (value - 10));
  }

  /** The two lower-case digits of each byte, most significant first. */
  /*@ public normal_behavior
  @   requires bytes.length <= 1073741823;
  @   requires (\forall int b; 0 <= b && b < bytes.length; -128 <= bytes[b] && bytes[b] <= 127);
  @   ensures \fresh(\result);
  @   ensures \result.length == 2 * bytes.length;
  @   assignable \nothing;
  @*/
  public static char[] encode(byte[] bytes) {
    char[] digits = new char[2 * bytes.length];
    /*@ loop_invariant 0 <= i && i <= bytes.length;
    @ decreases bytes.length - i;
    @ assignable digits[*];
    @*/
    for (int i = 0; i < bytes.length; i++) {
      int value = unsigned(bytes[i]);
      digits[2 * i] = digitOf(value / 16);
      digits[2 * i + 1] = digitOf(value % 16);
    }
    return digits;
  }

  /** A byte as a number from 0 to 255. */
  /*@ private normal_behavior
  @   ensures 0 <= \result && \result <= 255;
  @   ensures \result == (value < 0 ? value + 256 : value);
  @   assignable \strictly_nothing;
  @*/
  private static int unsigned(byte value) {
    if (value < 0) {
      return value + 256;
    }
    return value;
  }
}
