package lockstep.opaque.client;

import java.security.MessageDigest;
import lockstep.opaque.Element;
import lockstep.opaque.Envelope;
import lockstep.opaque.KeySchedule;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.Oprf;
import lockstep.opaque.Scalar;
import lockstep.secret.Hmac;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;

/** What a randomized password and an envelope's nonce give (RFC 9807 sections 4.1.2, 4.1.3). */
@Implements("OPQ-1")
final class EnvelopeKeys implements AutoCloseable {

  private final byte[] nonce;
  private final SecretBytes authKey;
  private final SecretBytes exportKey;
  private final Scalar clientPrivateKey;

  private EnvelopeKeys(SecretBytes randomizedPassword, byte[] nonce) {
    this.nonce = nonce.clone();
    this.authKey = KeySchedule.expand(randomizedPassword, nonce, "AuthKey", OpaqueSuite.HASH_BYTES);
    this.exportKey =
        KeySchedule.expand(randomizedPassword, nonce, "ExportKey", OpaqueSuite.KEY_BYTES);
    try (SecretBytes seed =
        KeySchedule.expand(randomizedPassword, nonce, "PrivateKey", OpaqueSuite.SEED_BYTES)) {
      this.clientPrivateKey = keyPair(seed);
    }
  }

  static EnvelopeKeys derive(SecretBytes randomizedPassword, byte[] nonce) {
    return new EnvelopeKeys(randomizedPassword, nonce);
  }

  static SecretBytes maskingKey(SecretBytes randomizedPassword) {
    return KeySchedule.expand(
        randomizedPassword, new byte[0], "MaskingKey", OpaqueSuite.HASH_BYTES);
  }

  /** {@code DeriveDiffieHellmanKeyPair}: the private key. */
  static Scalar keyPair(SecretBytes seed) {
    return Oprf.deriveKey(seed, "OPAQUE-DeriveDiffieHellmanKeyPair");
  }

  Envelope seal(Element serverPublicKey, OpaqueIdentities identities) {
    return Envelope.of(nonce, tag(serverPublicKey, identities));
  }

  boolean opens(Envelope envelope, Element serverPublicKey, OpaqueIdentities identities) {
    return MessageDigest.isEqual(tag(serverPublicKey, identities), envelope.tag());
  }

  Scalar clientPrivateKey() {
    return clientPrivateKey;
  }

  /** A copy, the caller's to close. */
  SecretBytes exportKey() {
    return exportKey.duplicate();
  }

  @Override
  public void close() {
    authKey.close();
    exportKey.close();
    clientPrivateKey.close();
  }

  private byte[] tag(Element serverPublicKey, OpaqueIdentities identities) {
    byte[] credentials = identities.cleartextCredentials(serverPublicKey);
    byte[] message = new byte[nonce.length + credentials.length];
    System.arraycopy(nonce, 0, message, 0, nonce.length);
    System.arraycopy(credentials, 0, message, nonce.length, credentials.length);
    return Hmac.sha256(authKey, message);
  }
}
