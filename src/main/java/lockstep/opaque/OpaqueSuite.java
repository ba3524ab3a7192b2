package lockstep.opaque;

import java.nio.charset.StandardCharsets;
import lockstep.spec.Implements;

/** The one suite: OPRF(P-256, SHA-256), OPAQUE-3DH with HKDF, HMAC and SHA-256; sizes in bytes. */
@Implements({"OPQ-1", "OPQ-2"})
public final class OpaqueSuite {

  /** The suite's number on the wire. */
  public static final int SUITE = 1;

  /** {@code Noe} and {@code Npk}: a compressed point. */
  public static final int ELEMENT_BYTES = 33;

  /** {@code Ns} and {@code Nsk}. */
  public static final int SCALAR_BYTES = 32;

  /** {@code Nh}, {@code Nm} and {@code Nx}. */
  public static final int HASH_BYTES = 32;

  /** {@code Nn}. */
  public static final int NONCE_BYTES = 32;

  /** {@code Nseed} and {@code Nok}. */
  public static final int SEED_BYTES = 32;

  /** {@code exportKey} and {@code sessionKey}. */
  public static final int KEY_BYTES = 32;

  /** The server identity. */
  public static final int VAULT_ID_BYTES = 32;

  private static final String CONTEXT = "lockstep/v1";

  private OpaqueSuite() {}

  static byte[] context() {
    return CONTEXT.getBytes(StandardCharsets.US_ASCII);
  }
}
