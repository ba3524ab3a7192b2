package lockstep.secret;

import lockstep.spec.Implements;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** HMAC-SHA-256 (RFC 2104) under a secret; its 32 bytes are compared in constant time only. */
@Implements({"OPQ-1", "AUT-5"})
public final class Hmac {

  private Hmac() {}

  /** The tag of {@code message} under {@code key}: 32 bytes. */
  public static byte[] sha256(SecretBytes key, byte[] message) {
    HMac hmac = new HMac(new SHA256Digest());
    byte[] tag = new byte[hmac.getMacSize()];
    key.expose(
        bytes -> {
          hmac.init(new KeyParameter(bytes));
          return bytes.length;
        });
    hmac.update(message, 0, message.length);
    hmac.doFinal(tag, 0);
    return tag;
  }
}
