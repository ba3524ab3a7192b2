package lockstep.format;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import lockstep.secret.SecretBytes;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** The two hashes of the backup format. */
final class Digests {

  static final int HASH_BYTES = 32;

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }

  static byte[] hmacSha256(SecretBytes key, byte[] message) {
    return key.expose(
        bytes -> {
          HMac hmac = new HMac(SHA256Digest.newInstance());
          hmac.init(new KeyParameter(bytes));
          hmac.update(message, 0, message.length);
          byte[] hash = new byte[HASH_BYTES];
          hmac.doFinal(hash, 0);
          return hash;
        });
  }
}
