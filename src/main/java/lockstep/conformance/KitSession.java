package lockstep.conformance;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lockstep.secret.Hkdf;
import lockstep.secret.Hmac;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.VaultId;
import lockstep.wire.WireWriter;

/**
 * A session of which the device knows the key, verified or not.
 *
 * @param ke3 the right proof
 */
record KitSession(KitDevice device, Bytes id, Bytes ke3, SecretBytes secret) {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** Proves the password. */
  Reply.Released finish() {
    return device.talk.expect(Reply.Released.class, device.finishRequest(id, ke3));
  }

  Function<byte[], Authority> authority() {
    return authority(device.talk.id);
  }

  /** An authority for another vault. */
  Function<byte[], Authority> authority(VaultId vault) {
    return signedPart ->
        new Authority.SessionMac(id, mac(Authority.SessionMac.macInput(vault, id, signedPart)));
  }

  private Bytes mac(byte[] input) {
    try (SecretBytes key = Hkdf.derive(secret, KeyLabel.SESSION_COMMAND)) {
      return Bytes.copyOf(Hmac.sha256(key, input));
    }
  }

  /** What a release holds: wrap, generation, mark; empty where it does not open. */
  Optional<byte[]> opened(Bytes release) {
    byte[] all = release.toArray();
    if (all.length < NONCE_BYTES) {
      return Optional.empty();
    }
    try (SecretBytes key = Hkdf.derive(secret, KeyLabel.RELEASE)) {
      return key.expose(bytes -> opened(bytes, all));
    }
  }

  private Optional<byte[]> opened(byte[] key, byte[] all) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, all, 0, NONCE_BYTES));
      cipher.updateAAD(new WireWriter().ascii("lockstep/v1/release").bytes(id).toByteArray());
      return Optional.of(cipher.doFinal(Arrays.copyOfRange(all, NONCE_BYTES, all.length)));
    } catch (AEADBadTagException other) {
      return Optional.empty();
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
