package lockstep.wire;

/** Lengths in bytes of the fields that the wire carries and OPAQUE defines. */
final class Sizes {

  static final int MESSAGE = Request.MAX_BYTES;
  static final int NONCE = 32;
  static final int CHALLENGE = 32;
  static final int SESSION_ID = 16;
  static final int MAC = 32;
  static final int REGISTRATION_REQUEST = 33;
  static final int REGISTRATION_RESPONSE = 66;
  static final int REGISTRATION_RECORD = 129;
  static final int WRAP = 60;
  static final int KE1 = 98;
  static final int KE2 = 259;
  static final int KE3 = 32;

  private Sizes() {}
}
