package lockstep.conformance;

import java.security.SecureRandom;
import lockstep.secret.SecretBytes;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A key pair of a messenger, device or stage that the kit plays; of no use outside a run. */
final class SigningKey {

  private static final int SEED_BYTES = 32;

  private final byte[] seed;
  private final Bytes publicKey;

  private SigningKey(byte[] seed) {
    this.seed = seed;
    byte[] key = new byte[Ed25519Signature.PUBLIC_KEY_LENGTH];
    Ed25519.generatePublicKey(seed, 0, key, 0);
    this.publicKey = Bytes.copyOf(key);
  }

  static SigningKey draw(SecureRandom random) {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    return new SigningKey(seed);
  }

  static SigningKey of(SecretBytes seed) {
    return seed.expose(bytes -> new SigningKey(bytes.clone()));
  }

  Bytes publicKey() {
    return publicKey;
  }

  Bytes sign(byte[] input) {
    byte[] signature = new byte[Ed25519Signature.LENGTH];
    Ed25519.sign(seed, 0, input, 0, input.length, signature, 0);
    return Bytes.copyOf(signature);
  }
}
