package lockstep.opaque.server;

import java.security.SecureRandom;
import lockstep.opaque.OpaqueSuite;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;

/**
 * The random values of a login's server side, each by the name that RFC 9807 gives it, so that test
 * vectors can supply them. A product uses {@link #from}.
 */
@Implements("OPQ-7")
public interface ServerRandomness {

  /** {@code masking_nonce}, 32 bytes. */
  byte[] maskingNonce();

  /** {@code server_nonce}, 32 bytes. */
  byte[] serverNonce();

  /** {@code server_keyshare_seed}, 32 bytes; the caller's to close. */
  SecretBytes serverKeyshareSeed();

  /** Draws every value afresh from {@code random}. */
  static ServerRandomness from(SecureRandom random) {
    return new ServerRandomness() {
      @Override
      public byte[] maskingNonce() {
        return nonce();
      }

      @Override
      public byte[] serverNonce() {
        return nonce();
      }

      @Override
      public SecretBytes serverKeyshareSeed() {
        return SecretBytes.random(random, OpaqueSuite.SEED_BYTES);
      }

      private byte[] nonce() {
        byte[] nonce = new byte[OpaqueSuite.NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
      }
    };
  }
}
