package lockstep.opaque.client;

import java.security.SecureRandom;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.Scalar;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * The random values of a client, each by the name that RFC 9807 gives it, so that test vectors can
 * supply them. A product uses {@link #from}.
 */
@Decides("OPQ-7")
@Implements({"OPR-5", "WRP-3"})
public interface ClientRandomness {

  /** {@code blind}; the caller's to close. */
  Scalar blind();

  /** {@code envelope_nonce}, 32 bytes. */
  byte[] envelopeNonce();

  /** {@code client_nonce}, 32 bytes. */
  byte[] clientNonce();

  /** {@code client_keyshare_seed}, 32 bytes; the caller's to close. */
  SecretBytes clientKeyshareSeed();

  /** Draws every value afresh from {@code random}. */
  static ClientRandomness from(SecureRandom random) {
    return new ClientRandomness() {
      @Override
      public Scalar blind() {
        return Scalar.random(random);
      }

      @Override
      public byte[] envelopeNonce() {
        return nonce();
      }

      @Override
      public byte[] clientNonce() {
        return nonce();
      }

      @Override
      public SecretBytes clientKeyshareSeed() {
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
