package lockstep.secret;

import lockstep.spec.Implements;

/** Overwriting, in Java plain enough that KeY proves the contract in the comment. */
@Implements("SEC-3")
final class Wiping {

  private Wiping() {}

  /** Overwrites every byte with zero. */
  /*@ public normal_behavior
  @   ensures (\forall int b; 0 <= b && b < bytes.length; bytes[b] == 0);
  @   assignable bytes[*];
  @*/
  static void zero(byte[] bytes) {
    /*@ loop_invariant 0 <= i && i <= bytes.length;
    @ loop_invariant (\forall int b; 0 <= b && b < i; bytes[b] == 0);
    @ decreases bytes.length - i;
    @ assignable bytes[*];
    @*/
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = 0;
    }
  }
}
